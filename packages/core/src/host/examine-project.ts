/** `cdkpipe doctor`: what is installed around a project, and what its assembly needs of AWS. */
import { readFileSync } from 'node:fs';
import { type AssemblyNeeds, readBootstrapNeeds } from '../assembly/bootstrap-needs.ts';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import { checkReleases, supportedCdk } from '../cdk/supported-releases.ts';
import type { Problem } from '../errors/problem.ts';
import { planAndRead } from './plan-project.ts';
import { findPluginLock } from './plugin-lock.ts';
import type { PlanReport, ProjectRequest } from './request.ts';

export interface FoundReleases {
  /** Version of aws-cdk-lib; absent where it is not installed. */
  readonly cdk?: string;
  readonly constructs?: string;
  /** The range of aws-cdk-lib that cdkpipe works with. */
  readonly supportedCdk: string;
  readonly problems: readonly Problem[];
}

/** The CDK that a definition in `directory` would import. */
export function examineReleases(directory: string): FoundReleases {
  const cdk = findCdkLibrary(directory);
  if ('code' in cdk) return { supportedCdk, problems: [cdk] };
  const constructs = cdk.resolve('constructs/package.json');
  return {
    cdk: cdk.version,
    ...(constructs === undefined ? {} : { constructs: versionIn(constructs) }),
    supportedCdk,
    problems: checkReleases(directory),
  };
}

function versionIn(manifest: string): string {
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }).version);
}

export interface ExaminedProject extends PlanReport {
  /** Plugins that the definition lists, without those that come with cdkpipe. */
  readonly plugins: readonly { readonly name: string; readonly version?: string }[];
  /** Whether the project has a lock of plugins. */
  readonly isLocked: boolean;
  readonly needs: AssemblyNeeds;
}

/**
 * Plans the project, and keeps nothing on disk.
 *
 * @throws CdkpipeError as {@link planProject} does
 */
export async function examineProject(request: ProjectRequest): Promise<ExaminedProject> {
  const { project, report, found } = await planAndRead(request, true, ({ emitted, assembly }) =>
    readBootstrapNeeds(
      emitted.assembly,
      assembly.deployments.map((deployment) => deployment.directory),
    ),
  );
  const plugins = project.registry.plugins
    .filter((plugin) => !request.builtIns.includes(plugin))
    .map(({ name, version }) => ({ name, ...(version === undefined ? {} : { version }) }));
  return { ...report, plugins, isLocked: findPluginLock(project.directory) !== undefined, needs: found };
}
