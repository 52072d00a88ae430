/** Words for what is wrong with the arguments of a command and with the world around it. */
import { findNearMisses, type Problem, suggest, withoutCredentials } from '@cdkpipe/core';

const issues = 'https://github.com/cdkpipe/cdkpipe/issues';

export const commandUnknown = (command: string, known: readonly string[]): Problem => ({
  code: 'COMMAND_UNKNOWN',
  message: `there is no command "${command}"`,
  fix: suggest(command, known),
});

export const flagUnknown = (flag: string, known: readonly string[]): Problem => ({
  code: 'FLAG_UNKNOWN',
  message: `there is no flag ${flag}`,
  fix: suggest(flag, known),
});

export const argumentUnexpected = (argument: string, command: string): Problem => ({
  code: 'ARGUMENT_UNEXPECTED',
  message: `there is no use for the argument "${argument}"`,
  fix: `remove it, or see cdkpipe ${command} --help`,
});

export const argumentsInvalid = (message: string, command?: string): Problem => ({
  code: 'ARGUMENTS_INVALID',
  message,
  fix: command === undefined ? 'see cdkpipe --help' : `see cdkpipe ${command} --help`,
});

export const codeUnknown = (code: string, known: readonly string[]): Problem => ({
  code: 'CODE_UNKNOWN',
  message: `there is no error code "${code}"`,
  fix: `${suggest(code, known)} The code of a plugin is explained on the page that its message names under docs`,
});

export const nodeUnknown = (wanted: string, known: readonly string[]): Problem => ({
  code: 'NODE_UNKNOWN',
  message: `the plan has no action "${wanted}"`,
  // A plan may have hundreds, which is no suggestion.
  fix: `${findNearMisses(wanted, known).length > 0 ? `${suggest(wanted, known)} ` : ''}cdkpipe plan lists them`,
});

export const nodeAmbiguous = (wanted: string, found: readonly string[]): Problem => ({
  code: 'NODE_AMBIGUOUS',
  message: `"${wanted}" may be any of ${found.length} actions: ${listed(found, 10)}`,
  fix: 'give the ID of one',
});

export const assemblyNotFound = (directory: string): Problem => ({
  code: 'COMPARED_ASSEMBLY_NOT_FOUND',
  message: `there is no cloud assembly in ${directory} to compare with`,
  fix: 'run cdkpipe synth before the change, name another directory with --against, or use --deployed',
});

export const assemblyUnreadable = (directory: string, reason: string): Problem => ({
  code: 'COMPARED_ASSEMBLY_UNREADABLE',
  message: `the cloud assembly in ${directory} cannot be read: ${reason}`,
  fix: 'write it again with cdkpipe synth, or name another directory with --against',
});

export const deployedNotRead = (stack: string, reason: string): Problem => ({
  code: 'DEPLOYED_NOT_READ',
  message: `the template of the deployed stack ${stack} could not be read: ${reason}`,
  fix: 'cdkpipe doctor says whether credentials and lookup roles are as they must be',
});

export const backendEmitsNothing = (backend: string): Problem => ({
  code: 'NOTHING_TO_COMPARE',
  message: `the backend "${backend}" emits nothing that could be compared`,
  fix: 'choose another with --backend, or use cdkpipe plan to see what it would do',
});

export const answerFromStep = (command: string): Problem => ({
  code: 'ANSWER_FROM_STEP',
  message: `cdkpipe ${command} was called by a step of a run; a step decides nothing about a run`,
  fix: 'call it from a terminal of your own; a check that decides by itself is a step, such as codebuild or lambda',
});

export const flagInvalid = (flag: string, found: string, expected: string): Problem => ({
  code: 'FLAG_INVALID',
  message: `${JSON.stringify(found)} is not ${expected}`,
  path: flag,
  fix: `pass ${flag} with ${expected}`,
});

export const contextInvalid = (found: string): Problem => ({
  code: 'FLAG_INVALID',
  message: `${JSON.stringify(found)} is not KEY=VALUE`,
  path: '--context',
  fix: 'pass --context with KEY=VALUE; the file of the definition is --config FILE',
});

export const contextReserved = (key: string): Problem => ({
  code: 'FLAG_INVALID',
  message: `the context key ${JSON.stringify(key)} begins with "aws:", which belongs to the CDK`,
  path: '--context',
  fix: 'use another key',
});

export const cacheNotPrivate = (directory: string, reason: string): Problem => ({
  code: 'CACHE_NOT_PRIVATE',
  message: `the cache in ${directory} is not used: ${reason}`,
  fix: 'remove the directory, so that it is made anew for you alone, or set CDKPIPE_CACHE_DIR to another',
});

export const timeoutInvalid = (variable: string, found: string): Problem => ({
  code: 'TIMEOUT_INVALID',
  message: `${JSON.stringify(found)} is not a number of seconds`,
  path: variable,
  fix: 'set the environment variable to a number above 0, or unset it',
});

export const flagUnused = (flag: string, source: string): Problem => ({
  code: 'FLAG_UNUSED',
  message: `a source of type "${source}" has no use for ${flag}`,
  path: flag,
  fix: 'remove the flag, or choose another --source',
});

export const answersMissing = (flags: readonly string[]): Problem => ({
  code: 'ANSWERS_MISSING',
  message: `there is no terminal to ask on, and ${flags.length} answers are missing: ${flags.join(', ')}`,
  fix: 'give these flags, or accept the defaults with --yes',
});

export const flagOfNewProject = (flag: string): Problem => ({
  code: 'FLAG_OF_NEW_PROJECT',
  message: `there is an app already, and ${flag} is an answer about the example of a new project`,
  path: flag,
  fix: 'remove the flag, and change the definition that is written; or choose a directory that is empty',
});

export const flagOfExistingApp = (flag: string): Problem => ({
  code: 'FLAG_OF_EXISTING_APP',
  message: `${flag} is for an app that is there, and the directory has none`,
  path: flag,
  fix: 'remove the flag, or go to the directory of the app, which has its cdk.json',
});

export const manifestInvalid = (reason: string): Problem => ({
  code: 'MANIFEST_INVALID',
  message: `package.json is not JSON: ${reason}`,
  fix: 'correct the file',
});

export const directoryNotEmpty = (
  directory: string,
  found: readonly string[],
  replaced: readonly string[],
): Problem => ({
  code: 'DIRECTORY_NOT_EMPTY',
  message: `the directory ${directory} is not empty: it has ${listed(found, 4)}`,
  fix: `choose another, or use --force, which ${
    replaced.length > 0 ? `replaces ${listed(replaced, 10)}` : 'replaces nothing here'
  } and leaves everything else as it is`,
});

export const directoryBlocked = (path: string, wanted: 'a directory' | 'a file'): Problem => ({
  code: 'DIRECTORY_BLOCKED',
  message: `${path} is in the way: the new project needs ${wanted} there`,
  fix: 'move it away, or choose another directory',
});

export const directoryNotWritable = (directory: string, reason: string): Problem => ({
  code: 'DIRECTORY_NOT_WRITABLE',
  message: `the project could not be written to ${directory}: ${reason}`,
  fix: 'nothing was left behind; choose a directory that can be written',
});

export const installFailed = (directory: string, outcome: string): Problem => ({
  code: 'INSTALL_FAILED',
  message: `the project is written, but npm install ${outcome}`,
  fix: `run npm install in ${directory}`,
});

export const noRunsHere = (directory: string): Problem => ({
  code: 'NO_RUNS',
  message: `nothing has been run in ${directory} or above it`,
  fix: 'begin with cdkpipe run, or go to the directory of the definition',
});

export const logUnknown = (run: string, action: string, known: readonly string[]): Problem => ({
  code: 'LOG_UNKNOWN',
  message: `run ${run} has no log of "${action}"`,
  fix: suggest(action, known),
});

export const interrupted = (): Problem => ({ code: 'INTERRUPTED', message: 'interrupted before the end' });

export const endedEarly = (): Problem => ({
  code: 'ENDED_EARLY',
  message: 'the process was ended from inside before the command was done',
  fix: 'remove process.exit() from the definition, from what it imports, and from its plugins',
});

export const ownFault = (error: unknown): Problem => ({
  code: 'INTERNAL_FAULT',
  message: withoutCredentials(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  fix: `report it at ${issues} with what --debug shows`,
});

function listed(names: readonly string[], limit: number): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

export const kindNotFound = (kind: string, known: readonly string[]): Problem => ({
  code: 'KIND_UNKNOWN',
  message: `no plugin of the project brings the kind "${kind}"`,
  fix: `${suggest(kind, known)}; cdkpipe plugins:inspect lists them`,
});

export const ruleNotFound = (rule: string, known: readonly string[]): Problem => ({
  code: 'RULE_UNKNOWN',
  message: `no plugin of the project has a rule "${rule}"`,
  fix: `${suggest(rule, known)}; cdkpipe plugins:inspect lists them`,
});

/** @param why `there is no terminal to ask on`, or `you said no` */
export const notConfirmed = (what: string, why: string): Problem => ({
  code: 'NOT_CONFIRMED',
  message: `${what} was not confirmed: ${why}`,
  fix: 'nothing was changed; say yes on a terminal, or give --yes where nobody can be asked, as in CI',
});

export const graphFormatUnknown = (file: string, formats: readonly string[]): Problem => ({
  code: 'GRAPH_FORMAT_UNKNOWN',
  message: `the extension of ${JSON.stringify(file)} names no format of a graph`,
  path: '--graph',
  fix: `name a file that ends in ${formats.map((format) => `.${format}`).join(', ')}`,
});

export const fileNotWritten = (flag: string, file: string, reason: string): Problem => ({
  code: 'FILE_NOT_WRITTEN',
  message: `${file} was not written: ${reason}`,
  path: flag,
  fix: 'name a file in a directory that exists and can be written',
});

export const stageUnknown = (stage: string, known: readonly string[]): Problem => ({
  code: 'STAGE_UNKNOWN',
  message: `the plan has no stage "${stage}"`,
  path: '--stage',
  fix: suggest(stage, known),
});

export const deploymentNotPlanned = (deployment: string, known: readonly string[]): Problem => ({
  code: 'DEPLOYMENT_NOT_PLANNED',
  message: `the plan has no deployment "${deployment}"`,
  path: '--deployment',
  fix: suggest(deployment, known),
});
