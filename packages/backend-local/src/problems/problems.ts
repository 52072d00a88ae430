/** Words for what can go wrong with a run on this machine. */
import { type PlanNode, type Problem, suggest } from '@cdkpipe/core';

export const storeCorrupt = (file: string, found: string): Problem => ({
  code: 'STORE_CORRUPT',
  message: `the store of runs ${file} is damaged: ${found}`,
  fix: 'nothing was guessed and nothing was changed; restore the file from a backup, or move it away to begin a new one',
});

export const storeOfOtherVersion = (file: string, found: number, expected: number): Problem => ({
  code: 'STORE_OF_OTHER_VERSION',
  message: `the store of runs ${file} has version ${found}, this cdkpipe knows ${expected}`,
  fix: 'use the cdkpipe that made it, or move the file away to begin a new one',
});

export const storeFull = (file: string, message: string): Problem => ({
  code: 'STORE_FULL',
  message: `there is no room to write to the store of runs ${file}: ${message}`,
  fix: 'make room on the disk, then go on with cdkpipe run --resume; what was acknowledged is kept',
});

export const storeNotWritable = (file: string, message: string): Problem => ({
  code: 'STORE_NOT_WRITABLE',
  message: `the store of runs ${file} cannot be opened for writing: ${message}`,
  fix: 'mend the permissions of the file and its directory',
});

export const storeNotTrusted = (path: string, why: string): Problem => ({
  code: 'STORE_NOT_TRUSTED',
  message: `the store of runs ${path} is not used, as somebody else may have put it there: ${why}`,
  fix: 'look at what it is; move it away to begin a new one, or give it to the owner of the project',
});

export const storeBusy = (file: string, message: string): Problem => ({
  code: 'STORE_BUSY',
  message: `another process keeps the store of runs ${file} to itself: ${message}`,
  fix: 'end what has the file open, then try again',
});

export const runFilesNotRemoved = (directory: string, message: string): Problem => ({
  code: 'RUN_FILES_NOT_REMOVED',
  message: `files of a run that is over cannot be removed from ${directory}: ${message}`,
  fix: 'remove them with the account that they belong to, or change their permissions and run cdkpipe runs:prune',
});

export const oldRunsRemoved = (count: number, keep: number): string =>
  `removed ${count === 1 ? 'an old rehearsal' : `${count} old rehearsals`}: the newest ${keep} are kept (backends.local.keep)`;

export const oldRunsStay = (message: string): string => `old runs were not removed: ${message}`;

export const storeUnreadable = (file: string, message: string): Problem => ({
  code: 'STORE_UNREADABLE',
  message: `the disk failed while the store of runs ${file} was used: ${message}`,
  fix: 'check the disk, then go on with cdkpipe run --resume; what was acknowledged is kept',
});

export const runUnknown = (run: string, known: readonly string[]): Problem => ({
  code: 'RUN_UNKNOWN',
  message: `there is no run "${run}"`,
  fix: known.length === 0 ? 'begin one with cdkpipe run' : `${suggest(run, known)}, see cdkpipe runs`,
});

export const runAmbiguous = (text: string, found: readonly string[]): Problem => ({
  code: 'RUN_AMBIGUOUS',
  message: `"${text}" could be ${found.length} runs: ${found.slice(0, 5).join(', ')}${found.length > 5 ? ', …' : ''}`,
  fix: 'write more characters of the ID; `latest` is the last run',
});

export const nothingToRetry = (run: string): Problem => ({
  code: 'NOTHING_TO_RETRY',
  message: `run ${run} has not failed`,
  fix: 'use --resume for a run that was interrupted or waits; begin a new run otherwise',
});

export const retryAfterRollback = (run: string): Problem => ({
  code: 'RETRY_AFTER_ROLLBACK',
  message: `deployments of run ${run} were rolled back, so that its stacks are no longer as the run left them`,
  fix: 'begin a new run',
});

export const retryOfDecision = (run: string, node: string): Problem => ({
  code: 'RETRY_OF_DECISION',
  message: `run ${run} was ended by a decision about ${node}, which stands`,
  fix: 'begin a new run',
});

export const notRetryable = (run: string, node: string): Problem => ({
  code: 'NOT_RETRYABLE',
  message: `${node} of run ${run} must not run twice: its renderer says retry: 'never'`,
  fix: 'begin a new run',
});

export const runFilesRemoved = (run: string): Problem => ({
  code: 'RUN_FILES_REMOVED',
  message: `the working files of run ${run} have been removed`,
  fix: 'begin a new run; only the last run that failed keeps its files',
});

export const runInProgress = (holder: {
  readonly pipeline: string;
  readonly run: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}): Problem => ({
  code: 'RUN_IN_PROGRESS',
  message: `the pipeline "${holder.pipeline}" is already at work: run ${holder.run}, process ${holder.pid} on ${holder.host}, since ${holder.since}`,
  fix: 'wait until it has ended, or stop that process',
});

export const notAsked = (run: string, step: string, open: readonly string[]): Problem => ({
  code: 'NOT_ASKED',
  message: `run ${run} does not ask for a decision about "${step}"`,
  fix: open.length === 0 ? `it asks for none; see cdkpipe runs:show ${run}` : suggest(step, open),
});

export const alreadyAnswered = (step: string, answers: readonly string[]): Problem => ({
  code: 'ALREADY_ANSWERED',
  message: `"${step}" has been decided: ${answers.join(', ')}`,
  fix: 'nothing was changed; the first decision holds',
});

export const answeredTooLate = (step: string, expired: string): Problem => ({
  code: 'ANSWERED_TOO_LATE',
  message: `"${step}" counts as rejected: nobody had decided before ${expired}`,
  fix: 'begin a new run, with a longer `timeout` of the step where people need more time',
});

interface MayApprove {
  readonly of?: readonly string[];
  readonly claimed?: true;
}

export const notAnApprover = (
  step: string,
  by: { readonly user: string; readonly account: string },
  { of = [], claimed }: MayApprove,
): Problem => ({
  code: 'NOT_AN_APPROVER',
  message: claimed
    ? `"${by.user}" is not among those who may approve "${step}": ${of.join(', ')}`
    : `the account "${by.account}" is not among those that may approve "${step}": ${of.join(', ')}`,
  fix: claimed
    ? 'let one of them answer; anybody may reject'
    : 'let one of these accounts answer, as --user is only a name; backends.local.identities gives the account of a person; anybody may reject',
});

export const quorumNeedsAccounts = (step: string, account: string, at: string): Problem => ({
  code: 'QUORUM_NEEDS_ACCOUNTS',
  message: `the account "${account}" has approved "${step}" at ${at}, and an account counts once, whatever --user says`,
  fix: 'let another account of this machine approve; it needs a .cdkpipe that its group may write: mode 2770',
});

export const gateNotPassed = (gates: readonly string[]): Problem => ({
  code: 'GATE_NOT_PASSED',
  message: `the run came to its end although these gates have not passed: ${gates.join(', ')}`,
  fix: 'report this with the definition that led here',
});

export const faultUnknown = (fault: string, fix: string): Problem => ({
  code: 'FAULT_UNKNOWN',
  message: `no action of the plan is called "${fault}", so it cannot be made to fail`,
  path: '--fail',
  fix,
});

export const alarmUnknown = (alarm: string, fix: string): Problem => ({
  code: 'ALARM_UNKNOWN',
  message: `no step of the plan watches an alarm "${alarm}", so it cannot be made to go off`,
  path: '--alarm',
  fix,
});

export const onlyInRehearsal = (flag: string): Problem => ({
  code: 'ONLY_IN_REHEARSAL',
  message: `${flag} makes something up, which only a rehearsal may do`,
  path: flag,
  fix: 'leave the flag out, or rehearse with --rehearse',
});

export const runEnded = (run: string, outcome: string, at: string): Problem => ({
  code: 'RUN_ENDED',
  message: `run ${run} has ${outcome === 'rejected' ? 'been rejected' : outcome} at ${at}; there is nothing to go on with`,
  fix: 'begin a new one with cdkpipe run',
});

export const runOfOtherPipeline = (run: string, found: string, expected: string): Problem => ({
  code: 'RUN_OF_OTHER_PIPELINE',
  message: `run ${run} is one of the pipeline "${found}", the definition is that of "${expected}"`,
  fix: 'name the definition of the run with --config',
});

export const runOfOtherMode = (run: string, found: string, wanted: string): Problem => ({
  code: 'RUN_OF_OTHER_MODE',
  message: `run ${run} began as a ${found} and cannot go on as a ${wanted}`,
  fix: found === 'rehearsal' ? 'resume it with --rehearse' : 'resume it with --deploy',
});

export const definitionChanged = (run: string, from: string, to: string): Problem => ({
  code: 'DEFINITION_CHANGED',
  message: `the definition, the plan or the assembly is not what run ${run} began with: ${from.slice(0, 12)} has become ${to.slice(0, 12)}`,
  fix: 'take the change back, begin a new run, or go on with the changed plan: --accept-change',
});

export const rehearsedStackUnknown = (path: string, stack: string, fix: string): Problem => ({
  code: 'REHEARSED_STACK_UNKNOWN',
  message: `there is no stack "${stack}" to rehearse outputs of`,
  path,
  fix,
});

export const rehearsedOutputUnknown = (path: string, stack: string, output: string, fix: string): Problem => ({
  code: 'REHEARSED_OUTPUT_UNKNOWN',
  message: `the stack "${stack}" has no output "${output}" to rehearse`,
  path,
  fix,
});

export const rehearsedOutputMissing = (stack: string, output: string): Problem => ({
  code: 'REHEARSED_OUTPUT_MISSING',
  message: `the output ${output} of ${stack} has no value in a rehearsal, as CloudFormation would make it`,
  fix: `give it one in the definition: rehearsal.outputs['${stack}'].${output}`,
});

export const outputMissing = (stack: string, output: string): Problem => ({
  code: 'OUTPUT_MISSING',
  message: `the stack ${stack} was deployed without the output ${output}`,
  fix: 'look whether a condition of the template leaves it out, and ask only for outputs that are always there',
});

export const attributeMissing = (reference: string): Problem => ({
  code: 'ATTRIBUTE_MISSING',
  message: `${reference} has no value on this machine`,
  fix: 'run in a git repository with a commit, which attributes of commits come from; those of objects and images are known in AWS only',
});

export const exportMissing = (reference: string, exporter: string): Problem => ({
  code: 'EXPORT_MISSING',
  message: `${reference} has no value: ${exporter} did not run its commands here`,
  fix: 'leave --skip-build out where it is exported by a step of the build',
});

export const assemblyChanged = (path: string): Problem => ({
  code: 'ASSEMBLY_CHANGED',
  message: `the cloud assembly is not what the run was planned with: ${path} has changed`,
  fix: 'begin a new run, and find out what has written into .cdkpipe; what was approved is not deployed in another form',
});

export const assetOutside = (path: string, target: string): Problem => ({
  code: 'ASSET_OUTSIDE',
  message: `${path} refers to "${target}", outside of the cloud assembly, which a run cannot keep as it was approved`,
  fix: 'leave asset staging on, and let the asset follow links: followSymlinks: SymlinkFollowMode.EXTERNAL',
});

/** A line of a log; the run goes on, as the gate is there and decides by itself. */
export const answerUnused = (decision: 'approve' | 'reject', node: string): string =>
  decision === 'approve'
    ? `--approve ${node} decides nothing: this step asks nobody, it passes or fails by itself`
    : `--reject ${node} decides nothing: this step asks nobody, it passes or fails by itself; --fail ${node} lets a rehearsal fail there`;

export const buildNotSkipped = (run: string): Problem => ({
  code: 'RUN_WITH_BUILD',
  message: `run ${run} was begun with its build, and a run goes on the way it began`,
  fix: 'leave out --skip-build; a build that has finished is not done again',
});

export const localNeedsPosix = (platform: string): Problem => ({
  code: 'LOCAL_NEEDS_POSIX',
  message: `pipelines cannot run on ${platform}: process groups and bash are needed to run commands and to end them`,
  fix: 'use Linux, macOS or WSL',
});

export const gateUnknown = (flag: string, step: string, fix: string): Problem => ({
  code: 'GATE_UNKNOWN',
  message: `the plan has no gate "${step}", so nobody will ask for that answer`,
  path: flag,
  fix,
});

export const variableNotDeclared = (name: string, fix: string): Problem => ({
  code: 'VARIABLE_NOT_DECLARED',
  message: `the definition declares no variable "${name}"`,
  path: '--variable',
  fix,
});

export const variableMissing = (name: string): Problem => ({
  code: 'VARIABLE_MISSING',
  message: `the variable "${name}" has no default, and no value was given`,
  path: '--variable',
  fix: `give one: --variable ${name}=VALUE`,
});

type Place = Pick<PlanNode, 'id' | 'path'>;

export const stepOutputMisplaced = ({ id, path }: Place): Problem => ({
  code: 'STEP_OUTPUT_MISPLACED',
  message: `the step "${id}" keeps an output, which only steps around the build may have`,
  path,
  node: id,
  fix: 'leave out `output`; what deployments need is made before or in the build',
});

export const stepOutputUnsafe = (directory: string, { id, path }: Place): Problem => ({
  code: 'STEP_OUTPUT_UNSAFE',
  message: `the output of "${id}" cannot be laid in "${directory}"`,
  path,
  node: id,
  fix: 'name a directory inside the workspace, of A-Z a-z 0-9 . _ - and /',
});

export const stepOutputTaken = (directory: string, other: string, { id, path }: Place): Problem => ({
  code: 'STEP_OUTPUT_TAKEN',
  message: `the output of "${id}" would lie in "${directory}", where "${other}" lies`,
  path,
  node: id,
  fix: 'lay it in a directory of its own: output: { from, to }',
});

export const gateIgnoresFailure = (phase: string, { id, path }: Place): Problem => ({
  code: 'GATE_IGNORES_FAILURE',
  message: `"on-failure: CONTINUE" in the phase "${phase}" could let the gate "${id}" pass although its commands failed`,
  path,
  node: id,
  fix: 'use "ABORT"; commands that may fail can end in "|| true"',
});

export const shellNotHere = (shell: string, { id, path }: Place): Problem => ({
  code: 'SHELL_NOT_HERE',
  message: `the commands of "${id}" are for ${shell}, and a run on this machine has bash only`,
  path,
  node: id,
  fix: 'write them for bash, or leave this step to CodePipeline',
});

export const variableSetTwice = (name: string, { id, path }: Place): Problem => ({
  code: 'BUILD_SPEC_CONFLICT',
  message: `the buildspec of "${id}" cannot have the variable "${name}", which is set elsewhere, too`,
  path,
  node: id,
  fix: 'set each variable in one place',
});

export const taskLimitInvalid = (found: string): Problem => ({
  code: 'TASK_LIMIT_INVALID',
  message: `CDKPIPE_TASK_TIMEOUT is ${JSON.stringify(found)}`,
  fix: 'give it a number of seconds above 0, or unset it',
});

export const actionGarbage = (message: string): Problem => ({
  code: 'LOCAL_ACTION_INVALID',
  message: `the renderer for local returned something that cannot be used: ${message}`,
  fix: 'report it to the author of the plugin: it returns a task with `retry` and `run`, or a question',
});

export const taskGarbage = (message: string): Problem => ({
  code: 'TASK_RESULT_INVALID',
  message: `the task returned something that cannot be used: ${message}`,
  fix: 'report it to the author of the plugin: `run` returns { approved: true }, or { approved: false, reason }',
});

export const taskIdle = (node: string, seconds: number): Problem => ({
  code: 'TASK_NEVER_SETTLES',
  message: `the task of ${node} has used none of its tools for ${seconds} s, and did not settle`,
  node,
  fix: 'report it to the author of the plugin: it waits with tools.sleep and asks with tools.fetch; or raise the limit with CDKPIPE_TASK_TIMEOUT (seconds)',
});

export const awsInRehearsal = (command: string): Problem => ({
  code: 'AWS_IN_REHEARSAL',
  message: `the task wants to send ${command} to AWS, and a rehearsal touches no account`,
  fix: 'run with --deploy; in a plugin, let the renderer for local look at context.mode, and decide a rehearsal by something else',
});

export const logLimitInvalid = (found: string): Problem => ({
  code: 'LOG_LIMIT_INVALID',
  message: `CDKPIPE_LOG_LIMIT is "${found}", which is no limit for a log`,
  path: 'CDKPIPE_LOG_LIMIT',
  fix: 'set it to a whole number of MiB between 1 and 99999, or unset it for 32',
});
