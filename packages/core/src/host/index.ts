/** The door for programs that run cdkpipe, such as the cli; plugins and definitions have no need of it. */
export type { AssemblyNeeds, BootstrapNeeds } from '../assembly/bootstrap-needs.ts';
export { asTemplate, findOwnStacks, type OwnStack } from '../assembly/own-stacks.ts';
export { readContext } from '../assembly/read-context.ts';
export { findOverrun } from '../errors/running-limits.ts';
export { makeDirectory } from '../files/make-directory.ts';
export { findStrangersIn } from '../files/private-directory.ts';
export type { Change } from '../hooks/describe-changes.ts';
export type { TapTrace } from '../hooks/phase-hooks.ts';
export { findSourceRoot, type SourceRoot } from '../loading/source-root.ts';
export type { FileDifference } from '../output/compare-files.ts';
export { definitionJsonSchema } from '../shape/definition-json-schema.ts';
export { type ComparedProject, compareProject, type FindBefore } from './compare-project.ts';
export { configurePlugin, optionsGivenTo } from './configure-plugin.ts';
export { type ExaminedProject, examineProject, examineReleases, type FoundReleases } from './examine-project.ts';
export { type ExplainReport, explainProject } from './explain-project.ts';
export { findPackage, type InstalledPackage } from './find-package.ts';
export { type FoundProject, findProject } from './find-project.ts';
export { guardingProcess, pluginExitFault } from './guard-process.ts';
export {
  type InspectedPlugin,
  type InspectedRule,
  type InspectedTap,
  type InspectReport,
  inspectProject,
  inspectTaps,
} from './inspect-project.ts';
export { type LoadedPlugin, loadPlugins, readPlugins } from './load-plugins.ts';
export { findLockedIntegrity } from './locked-integrity.ts';
export { type OpenedProject, openProject } from './open-project.ts';
export { planProject } from './plan-project.ts';
export {
  findPluginLock,
  formatPluginLock,
  type LinkedPlugin,
  type LockEntry,
  type LockedPackage,
  type PluginLock,
  pluginLockFile,
} from './plugin-lock.ts';
export type { Observer, Phase, ProgressEvent } from './progress.ts';
export type { PlanReport, ProjectRequest, SynthReport, SynthRequest } from './request.ts';
export type { RunHooks } from './run-hooks.ts';
export { synthesize } from './synthesize.ts';
