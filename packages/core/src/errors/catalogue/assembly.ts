/** Words for what goes wrong while stacks are built and read. */
import { suggest } from '../near-misses.ts';
import type { Problem } from '../problem.ts';

/** A place in the author's TypeScript, where one is known. */
const at = (location: string | undefined): Pick<Problem, 'location'> => (location === undefined ? {} : { location });

export const stacksThrew = (path: string, deployment: string, message: string, location?: string): Problem => ({
  code: 'STACKS_FAILED',
  message: `the stacks of the deployment "${deployment}" could not be built: ${message}`,
  path: `${path}.stacks`,
  ...at(location),
  fix: 'mend the error in the app',
});

export const stacksTimedOut = (path: string, deployment: string, seconds: number): Problem => ({
  code: 'STACKS_TIMED_OUT',
  message: `the stacks of the deployment "${deployment}" were not built within ${seconds} s`,
  path: `${path}.stacks`,
  fix: 'await only what settles, or set CDKPIPE_STACKS_TIMEOUT to more seconds',
});

export const synthesisFailed = (path: string, deployment: string, message: string, location?: string): Problem => ({
  code: 'SYNTHESIS_FAILED',
  message: `the stacks of the deployment "${deployment}" could not be synthesised: ${message}`,
  path,
  ...at(location),
  fix: 'mend the error in the app',
});

export const notAStage = (path: string, deployment: string): Problem => ({
  code: 'STAGE_CLASS_INVALID',
  message: `the class given to stageClass() for the deployment "${deployment}" did not construct a Stage with the scope and ID it was given`,
  path: `${path}.stacks`,
  fix: 'give a class that extends Stage of the aws-cdk-lib of this project and calls `super(scope, id, props)`',
});

export const constructHasErrors = (path: string, construct: string, message: string): Problem => ({
  code: 'CONSTRUCT_ERROR',
  message: `the construct "${construct}" reports an error: ${message}`,
  path,
  fix: 'correct what the construct reports',
});

export const constructWarns = (path: string, construct: string, message: string): Problem => ({
  code: 'CONSTRUCT_WARNING',
  message: `the construct "${construct}" warns: ${message}`,
  path,
  fix: 'correct what the construct reports, or acknowledge it with Annotations.of(construct).acknowledgeWarning(…)',
});

export const assemblyUnreadable = (path: string, directory: string, message: string): Problem => ({
  code: 'ASSEMBLY_UNREADABLE',
  message: `"${directory}" is not a cloud assembly that can be read: ${message}`,
  path: `${path}.assembly`,
  fix: 'point `assembly` at the directory that `cdk synth --output` wrote',
});

export const assemblyStackUnknown = (path: string, stack: string, known: readonly string[]): Problem => ({
  code: 'ASSEMBLY_STACK_UNKNOWN',
  message: `the cloud assembly has no stack "${stack}"`,
  path: `${path}.assembly.stacks`,
  fix: suggest(stack, known),
});

export const assemblyStackNeeded = (path: string, stack: string, needed: string): Problem => ({
  code: 'ASSEMBLY_STACK_NEEDED',
  message: `the stack "${stack}" depends on "${needed}", which is not among the stacks of the deployment`,
  path: `${path}.assembly.stacks`,
  fix: `add "${needed}" to the stacks`,
});

export const assemblyElsewhere = (
  path: string,
  deployment: string,
  env: string,
  places: readonly string[],
): Problem => ({
  code: 'ASSEMBLY_ELSEWHERE',
  message: `the deployment "${deployment}" is to ${env}, and the stacks of its assembly go to ${places.join(', ')}`,
  path: `${path}.env`,
  fix: 'name the environment the assembly was synthesised for, or point `assembly` at the one for this environment',
});

export const stackWithoutEnvironment = (path: string, stack: string): Problem => ({
  code: 'STACK_WITHOUT_ENVIRONMENT',
  message: `the stack "${stack}" was synthesised without account or region`,
  path,
  fix: 'give the stack an `env` with account and region',
});

export const stackTooLarge = (path: string, stack: string, what: string, found: number, most: number): Problem => ({
  code: 'STACK_TOO_LARGE',
  message: `the stack "${stack}" has ${found} ${what}, ${found - most} more than the most CloudFormation takes, ${most}`,
  path,
  fix: `take away ${found - most}, or make several stacks of it`,
});

export const updatesNoRoom = (path: string, stack: string, most: number): Problem => ({
  code: 'UPDATES_NO_ROOM',
  message: `the stack "${stack}" reads a weak reference in an output, so updateWeakReferences adds a resource to it, and it has ${most} already, the most CloudFormation takes`,
  path,
  fix: 'take away a resource, read the value in a resource instead of an output, or leave updateWeakReferences out',
});

export const templateKeyFixed = (path: string, stack: string, key: string): Problem => ({
  code: 'TEMPLATE_KEY_FIXED',
  message: `the template of the stack "${stack}" is published as ${key}, which does not change with its content, so updateWeakReferences cannot change the template`,
  path,
  fix: 'have the synthesizer of the stack name the template by the hash of its content, as the DefaultStackSynthesizer does, or leave updateWeakReferences out',
});

export const legacyAssets = (path: string, stack: string): Problem => ({
  code: 'LEGACY_ASSETS',
  message: `the stack "${stack}" uses the legacy synthesizer, whose assets are template parameters`,
  path,
  fix: 'remove the LegacyStackSynthesizer and bootstrap with the modern template',
});

export const stackNameTaken = (path: string, stackName: string, env: string, other: string): Problem => ({
  code: 'STACK_NAME_TAKEN',
  message: `the stack "${stackName}" in ${env} is already deployed by the deployment "${other}"; the later would overwrite the earlier`,
  path,
  fix: 'give the deployments names, or the stacks stack names, that differ',
});

export const orderStackUnknown = (
  path: string,
  stack: string,
  deployment: string,
  known: readonly string[],
): Problem => ({
  code: 'ORDER_STACK_UNKNOWN',
  message: `the deployment "${deployment}" has no stack "${stack}"`,
  path,
  fix: suggest(stack, known),
});

export const orderCycle = (path: string, deployment: string, cycle: readonly string[]): Problem => ({
  code: 'ORDER_CYCLE',
  message: `the stacks wait for each other: ${cycle.map((stack) => `${deployment}/${stack}`).join(' before ')}`,
  path,
  fix: 'remove one entry of `order`, or one dependency in the app',
});

/** A value that CDK would look up in an account. */
export interface MissingLookup {
  readonly key: string;
  readonly provider: string;
}

export const contextMissing = (lookups: readonly MissingLookup[]): Problem => ({
  code: 'CONTEXT_MISSING',
  message: `${lookups.length} context ${lookups.length === 1 ? 'value has' : 'values have'} not been looked up yet: ${lookups
    .map(({ key, provider }) => `${provider} (${key})`)
    .join(', ')}`,
  fix: 'run `npx cdk synth --app "npx cdkpipe synth"` with credentials for these accounts; it fills cdk.context.json, which belongs in the repository',
});

export const assemblyMissing = (directory: string): Problem => ({
  code: 'ASSEMBLY_MISSING',
  message: `there is no cloud assembly in ${directory}`,
  fix: 'write one with cdkpipe synth, or let the commands of the build end with `npx cdkpipe synth`',
});

export const assemblyOfOtherDefinition = (path: string, deployment: string, directory: string): Problem => ({
  code: 'ASSEMBLY_OF_OTHER_DEFINITION',
  message: `the cloud assembly in ${directory} does not hold the deployment "${deployment}"`,
  path,
  fix: 'write it anew from this definition: cdkpipe synth',
});

export const assemblyOfOtherPipeline = (
  directory: string,
  found: string,
  definition: string,
  pipeline: string,
): Problem => ({
  code: 'ASSEMBLY_OF_OTHER_PIPELINE',
  message: `the cloud assembly in ${directory} is of the pipeline "${found}" (${definition}), not of "${pipeline}"`,
  fix: 'write that of this definition into a directory of its own: cdkpipe synth --config FILE --output DIR, and `output` of the build',
});

export const assemblyNotOfDefinition = (directory: string, definition: string): Problem => ({
  code: 'ASSEMBLY_NOT_OF_DEFINITION',
  message: `nothing in the cloud assembly in ${directory} says that ${definition} made it`,
  fix: 'write it anew with cdkpipe synth, or run without --skip-build',
});

export const assemblyStale = (directory: string, changes: readonly string[]): Problem => ({
  code: 'ASSEMBLY_STALE',
  message: `the cloud assembly in ${directory} was made before the definition changed: ${changes.join(', ')}`,
  fix: 'write it anew with cdkpipe synth, or run without --skip-build',
});
