/** `cdkpipe diff`: what the backend would emit for itself, beside what it has emitted before. */
import { findOwnStacks, type OwnStack } from '../assembly/own-stacks.ts';
import type { PipelineComparison } from '../contracts/pipeline-comparison.ts';
import { planAndRead } from './plan-project.ts';
import type { PlanReport, ProjectRequest } from './request.ts';

export interface ComparedProject extends PlanReport {
  readonly before: readonly OwnStack[];
  /** Empty for a backend that emits no stacks. */
  readonly after: readonly OwnStack[];
  /** Absent where the backend does not compare pipelines. */
  readonly comparison?: PipelineComparison;
}

/**
 * Where the stacks as they were come from.
 *
 * @param after what would be emitted
 * @param directory of the definition
 */
export type FindBefore = (after: readonly OwnStack[], directory: string) => Promise<readonly OwnStack[]>;

/**
 * Plans and draws the project, and keeps nothing on disk.
 *
 * @throws CdkpipeError as {@link planProject} does, and whatever `findBefore` throws
 */
export async function compareProject(request: ProjectRequest, findBefore: FindBefore): Promise<ComparedProject> {
  const { report, found } = await planAndRead(request, true, async ({ project, plan, directory, isDrawn }) => {
    const after = isDrawn ? (findOwnStacks(directory) ?? []) : [];
    const before = await findBefore(after, project.directory);
    const comparison = project.backend.compare?.(plan, templatesOf(before), templatesOf(after));
    return { before, after, ...(comparison === undefined ? {} : { comparison }) };
  });
  return { ...report, ...found };
}

function templatesOf(stacks: readonly OwnStack[]): ReadonlyMap<string, unknown> {
  return new Map(stacks.map(({ id, template }) => [id, template]));
}
