/** Words for what is wrong with a definition. */
import { suggest } from '../near-misses.ts';
import type { Problem } from '../problem.ts';

/** A value as it appears in a message: short, on one line. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'nothing';
  const text = asText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Class instances may hold what has no JSON: a cycle, a BigInt, a `toJSON` that throws. */
function asText(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'an object';
  }
}

export const unknownKey = (path: string, key: string, known: readonly string[]): Problem => ({
  code: 'UNKNOWN_KEY',
  message: `unknown key "${key}"`,
  path,
  fix: suggest(key, known),
});

export const valueMissing = (path: string, what: string): Problem => ({
  code: 'VALUE_MISSING',
  message: `${what} is missing`,
  path,
  fix: `add \`${what}\``,
});

export const valueInvalid = (path: string, message: string, fix = 'give a value of the expected form'): Problem => ({
  code: 'VALUE_INVALID',
  message,
  path,
  fix,
});

export const valueNoData = (path: string, isDate: boolean): Problem =>
  isDate
    ? valueInvalid(path, 'a date is not text', 'write it as text; YAML wants quotation marks around it')
    : valueInvalid(path, 'an instance of a class is not data', 'write a plain object, a list, a text or a number');

/** Something that was run has added a key to every object. */
export const builtInsChanged = (keys: readonly string[]): Problem => ({
  code: 'BUILT_INS_CHANGED',
  message: `every object has the key ${keys.map((key) => JSON.stringify(key)).join(', ')} since the definition was loaded`,
  fix: 'do not add keys to Object.prototype, in the definition and in what it imports',
});

export const valueUnreadable = (path: string, thrown: string): Problem => ({
  code: 'VALUE_UNREADABLE',
  message: `${path === '' ? 'the definition' : path} cannot be read: ${thrown}`,
  path,
  fix: 'replace the getter or proxy with the value itself',
});

export const valueCyclic = (path: string, earlier: string): Problem => ({
  code: 'VALUE_CYCLIC',
  message: `${path} refers back to ${earlier === '' ? 'the definition' : earlier}, which contains it`,
  path,
  fix: 'remove the reference; a definition is a tree',
});

export const keyReserved = (path: string, key: string): Problem => ({
  code: 'KEY_RESERVED',
  message: `\`${key}\` cannot be a key, because JavaScript gives it a meaning of its own`,
  path,
  fix: 'choose another name',
});

export const definitionTooLarge = (most: number): Problem => ({
  code: 'DEFINITION_TOO_LARGE',
  message: `the definition has more than ${most} values, counting each alias and shared object as often as it is used`,
  fix: 'remove values, or split the definition into several pipelines',
});

export const definitionTooDeep = (path: string, most: number): Problem => ({
  code: 'DEFINITION_TOO_DEEP',
  message: `the definition is nested more than ${most} levels deep`,
  path,
  fix: 'flatten what is nested there',
});

export const tooMany = (path: string, what: 'waves' | 'deployments', found: number, most: number): Problem => ({
  code: 'PIPELINE_TOO_LARGE',
  message: `the pipeline has ${found} ${what}, and at most ${most} are supported`,
  path,
  fix: 'split it into several pipelines',
});

export const accountInvalid = (path: string, found: unknown): Problem => ({
  code: 'ACCOUNT_INVALID',
  message: `${shown(found)} is not an AWS account`,
  path,
  fix: "write the account's 12 digits as a string, leading zeros included",
});

export const regionInvalid = (path: string, found: unknown): Problem => ({
  code: 'REGION_INVALID',
  message: `${shown(found)} is not of the form of an AWS region`,
  path,
  fix: 'write a region such as "eu-west-1"',
});

/** A warning: AWS may have it since. */
export const regionUnknown = (path: string, region: string, near: readonly string[]): Problem => ({
  code: 'REGION_UNKNOWN',
  message: `AWS had no region "${region}" when this version of cdkpipe was made`,
  path,
  fix:
    near.length > 0
      ? `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
      : 'see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html for the regions of AWS',
});

export const nameInvalid = (path: string, what: string, found: unknown): Problem => ({
  code: 'NAME_INVALID',
  message: `${shown(found)} cannot be the name of a ${what}`,
  path,
  fix: 'use 1 to 100 of the characters A-Z a-z 0-9 . @ _ -',
});

export const deploymentNameInvalid = (path: string, found: unknown): Problem => ({
  ...nameInvalid(path, 'deployment', found),
  fix: 'begin with a letter, do not end with a hyphen, and use 1 to 100 of the characters A-Z a-z 0-9 . _ -; the name becomes a CDK stage',
});

export const credentialWritten = (path: string, what: string): Problem => ({
  code: 'CREDENTIAL_WRITTEN',
  message: `the text holds ${what}; a definition is committed, and emitted in plain text`,
  path,
  fix: 'revoke it, keep a new one in Secrets Manager or Parameter Store, and refer to it with `secret(...)` or `parameter(...)`',
});

export const textHasNul = (path: string): Problem => ({
  code: 'TEXT_HAS_NUL',
  message: 'the text holds a NUL character, which no command, variable or name can have',
  path,
  fix: 'remove the character',
});

export const textNotUnicode = (path: string): Problem => ({
  code: 'TEXT_NOT_UNICODE',
  message: `${path} holds half of a character (a lone surrogate), which no file of UTF-8 can hold`,
  path,
  fix: 'write the whole character, or remove it',
});

export const sourceMultiple = (count: number): Problem => ({
  code: 'SOURCE_MULTIPLE',
  message: `a pipeline has exactly one source that triggers and is built, found ${count}`,
  path: 'source',
  fix: 'keep one in `source` and lay the others in directories with `additionalSources`',
});

export const buildMultiple = (count: number): Problem => ({
  code: 'BUILD_MULTIPLE',
  message: `a pipeline has exactly one build that makes the cloud assembly, found ${count}`,
  path: 'build',
  fix: 'keep one build and put the others into its `before` or `after` as steps',
});

export const buildEmpty = (): Problem => ({
  code: 'BUILD_EMPTY',
  message: 'the build has neither `script` nor `commands`, so nothing would make the cloud assembly',
  path: 'build',
  fix: "add `commands`, such as ['npm ci', 'npx cdkpipe synth'], or `script`",
});

export const stepMisplaced = (path: string, name: string, where: string): Problem => ({
  code: 'STEP_MISPLACED',
  message: `the step "${name}" stands among the ${where}, where the model has no room for a step`,
  path,
  fix: "put it into a deployment's `changes` or `approvals`, a wave's `before`, or the build's `before` or `after`",
});

export const positionUnsupported = (
  path: string,
  step: string,
  kind: string,
  position: string,
  allowed: readonly string[],
): Problem => ({
  code: 'STEP_MISPLACED',
  message: `the step "${step}" is of kind "${kind}", which cannot stand ${placeOf(position)}`,
  path,
  fix: `steps of this kind can stand ${allowed.map(placeOf).join(', or ')}`,
});

function placeOf(position: string): string {
  const places: Record<string, string> = {
    build: "in the build's `before` or `after`",
    wave: "in a wave's `before`",
    change: "in a deployment's `changes`",
    approval: "in a deployment's `approvals`",
  };
  return places[position] ?? position;
}

export const wavesMissing = (): Problem => ({
  code: 'WAVES_MISSING',
  message: 'the pipeline deploys nothing: it has no waves',
  path: 'waves',
  fix: 'add `waves: [wave(name, [deploy(...)])]`',
});

export const waveEmpty = (path: string, name: string): Problem => ({
  code: 'WAVE_EMPTY',
  message: `the wave "${name}" has no deployments`,
  path,
  fix: 'add a `deploy(...)` to it or remove the wave',
});

export const deploymentEmpty = (path: string, name: string): Problem => ({
  code: 'DEPLOYMENT_EMPTY',
  message: `the deployment "${name}" has no stacks`,
  path,
  fix: 'give it `stacks` that make at least one Stack, or the directory of a cloud assembly as `assembly`',
});

export const deploymentAmbiguous = (path: string, name: string): Problem => ({
  code: 'DEPLOYMENT_AMBIGUOUS',
  message: `the deployment "${name}" has both \`stacks\` and \`assembly\``,
  path,
  fix: 'keep one of them',
});

export const nameTaken = (path: string, what: string, name: string, takenBy: string): Problem => ({
  code: `${what.toUpperCase()}_NAME_TAKEN`,
  message: `the ${what} name "${name}" is taken by ${takenBy}; names that differ only by case are the same name`,
  path,
  fix: `rename one of the two`,
});

export const constructPathTaken = (path: string, stage: string, other: string): Problem => ({
  code: 'CONSTRUCT_PATH_TAKEN',
  message: `the stage "${stage}" and the stage of the deployment "${other}" cannot have these places in one construct tree: one is inside the other, or CDK writes both to the same directory`,
  path,
  fix: 'change the `constructPath` of one of the two deployments',
});

export const waveNameReserved = (path: string, name: string): Problem => ({
  code: 'WAVE_NAME_RESERVED',
  message: `"${name}" is the name of a stage that every pipeline has`,
  path,
  fix: 'give the wave another name',
});

export const stepShapeInvalid = (path: string, found: unknown): Problem => ({
  code: 'STEP_INVALID',
  message: `${shown(found)} is not a step`,
  path,
  fix: 'write `{ kind, name, options }`, call the helper of a kind such as `manual(name)`, or group steps with `parallel(...)`',
});

export const parallelEmpty = (path: string): Problem => ({
  code: 'PARALLEL_EMPTY',
  message: 'a parallel group without steps would let everything pass',
  path,
  fix: 'add steps to it or remove it',
});

export const kindUnknown = (path: string, kind: string, known: readonly string[]): Problem => ({
  code: 'KIND_UNKNOWN',
  message: `no plugin brings the kind "${kind}"`,
  path,
  fix: `${known.length === 0 ? '' : `${suggest(kind, known)}, or `}add the plugin that brings it to \`plugins\``,
});

export const optionsNotAccepted = (path: string, kind: string): Problem => ({
  code: 'OPTIONS_INVALID',
  message: `the kind "${kind}" takes no options`,
  path,
  fix: 'remove the options',
});

export const pluginOptionsNotAccepted = (path: string, plugin: string): Problem => ({
  code: 'OPTIONS_INVALID',
  message: `the plugin "${plugin}" takes no options`,
  path,
  fix: 'remove the options',
});

export const optionInvalid = (path: string, of: string, message: string): Problem => ({
  code: 'OPTIONS_INVALID',
  message: `${of} does not accept this: ${message}`,
  path,
  fix: 'see its options in the docs of the plugin that brings it',
});

export const optionMissing = (path: string, of: string, key: string, expected: string): Problem => ({
  code: 'OPTIONS_INVALID',
  message: `${of} needs the option "${key}": ${expected}`,
  path,
  fix: `add \`${key}\``,
});

export const directoryInvalid = (path: string, directory: string): Problem => ({
  code: 'DIRECTORY_INVALID',
  message: `${shown(directory)} is not a directory inside the build's workspace`,
  path,
  fix: 'use a relative path of A-Z a-z 0-9 . _ - and / without ".." such as "vendor/lib"',
});

export const directoryTaken = (path: string, directory: string, other: string): Problem => ({
  code: 'DIRECTORY_TAKEN',
  message: `the directory "${directory}" overlaps with "${other}"`,
  path,
  fix: 'give each source and the build output a directory of its own',
});

export const additionalSourceTriggers = (path: string): Problem => ({
  code: 'ADDITIONAL_SOURCE_TRIGGERS',
  message: 'an additional source cannot trigger the pipeline',
  path,
  fix: 'remove the option, or make it the `source`',
});

export const backendUnknown = (path: string | undefined, name: string, known: readonly string[]): Problem => ({
  code: 'BACKEND_UNKNOWN',
  message: `no plugin brings the backend "${name}"`,
  ...(path === undefined ? {} : { path }),
  fix: suggest(name, known),
});

export const variableWithoutDefault = (path: string, name: string, trigger: string): Problem => ({
  code: 'VARIABLE_WITHOUT_DEFAULT',
  message: `the variable "${name}" has no default, and a run that the source starts (trigger "${trigger}") has nobody to give its value`,
  path,
  fix: "add `default`, or write trigger: 'none' so that runs are started by hand only",
});

export const triggerTwice = (path: string): Problem => ({
  code: 'TRIGGER_TWICE',
  message: '`trigger` and `triggers` both say what starts a run',
  path,
  fix: "keep `triggers` to start on what its filters let through, or `trigger`: 'push' for every push to the branch, 'none' for no start",
});

export const eventRoleUnused = (path: string, trigger: string): Problem => ({
  code: 'EVENT_ROLE_UNUSED',
  message: `no event starts the pipeline (trigger "${trigger}"), so nothing would use \`eventRole\``,
  path,
  fix: "remove `eventRole`, or write trigger: 'event'",
});

export const rootTooHigh = (directory: string): Problem =>
  valueInvalid(
    'root',
    `it leads to ${directory}, which holds the whole file system`,
    'name the directory of the repository',
  );
