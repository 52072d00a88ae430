/** `cdkpipe explain NODE`: the plan, and what the backend emits for each of its actions. */
import type { EmittedNode } from '../contracts/emitted-node.ts';
import { planAndRead } from './plan-project.ts';
import type { PlanReport, ProjectRequest } from './request.ts';

export interface ExplainReport extends PlanReport {
  /** Names and versions of the plugins at work; a version is absent where the plugin came in no package. */
  readonly plugins: readonly { readonly name: string; readonly version?: string }[];
  /** By the ID of a node or of what the backend adds; undefined where the backend cannot say it. */
  readonly emitted: ReadonlyMap<string, EmittedNode> | undefined;
}

/**
 * Plans and draws the project, and keeps nothing on disk.
 *
 * @throws CdkpipeError as {@link planProject} does
 */
export async function explainProject(request: ProjectRequest): Promise<ExplainReport> {
  const { project, report, found } = await planAndRead(request, true, ({ project, plan, emitted, isDrawn }) =>
    isDrawn ? project.backend.explain?.(plan, emitted, project.backendOptions) : undefined,
  );
  const plugins = project.registry.plugins.map(({ name, version }) => ({
    name,
    ...(version === undefined ? {} : { version }),
  }));
  return { ...report, plugins, emitted: found };
}
