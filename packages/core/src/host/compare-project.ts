/** `cdkpipe diff`: what the backend would emit for itself, beside what it has emitted before. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnStacks, type OwnStack } from '../assembly/own-stacks.ts';
import type { PipelineComparison } from '../contracts/pipeline-comparison.ts';
import type { Project } from './configure.ts';
import { readTexts } from './emitted-surroundings.ts';
import { planAndRead } from './plan-project.ts';
import type { PlanReport, ProjectRequest } from './request.ts';

export interface ComparedProject extends PlanReport {
  readonly before: readonly OwnStack[];
  /** Empty for a backend that emits no stacks. */
  readonly after: readonly OwnStack[];
  /** Whether the backend emits anything that could be compared. */
  readonly emits: boolean;
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
  const { report, found } = await planAndRead(request, true, async ({ project, plan, emitted, isDrawn }) => {
    const after = isDrawn ? (findOwnStacks(emitted.assembly) ?? []) : [];
    const before = await findBefore(after, project.directory);
    const files = await readTexts(emitted.project);
    const comparison = project.backend.compare?.(
      plan,
      { stacks: templatesOf(before), files: filesThere(files, project) },
      { stacks: templatesOf(after), files },
    );
    return {
      before,
      after,
      emits: after.length > 0 || files.size > 0,
      ...(comparison === undefined ? {} : { comparison }),
    };
  });
  return { ...report, ...found };
}

/** What is in the places of the files now: a file counts as it was committed, and not as it was deployed. */
function filesThere(files: ReadonlyMap<string, string>, { source }: Project): ReadonlyMap<string, string> {
  return new Map(
    [...files.keys()].flatMap((path): [string, string][] => {
      const file = join(source.directory, path);
      return existsSync(file) ? [[path, readFileSync(file, 'utf8')]] : [];
    }),
  );
}

function templatesOf(stacks: readonly OwnStack[]): ReadonlyMap<string, unknown> {
  return new Map(stacks.map(({ id, template }) => [id, template]));
}
