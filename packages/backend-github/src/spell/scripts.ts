/** Every text that a `run` may hold. They are constants: what an author wrote reaches them as environment variables only. */

/** Where a job keeps what it took from others; a directory of its own below the workspace. */
export const workDirectory = '.cdkpipe-run';

export const assemblyDirectory = `${workDirectory}/assembly`;
export const assemblyFile = `${workDirectory}/assembly.tar`;

/** File of the cloud assembly that carries out the jobs. */
export const runnerFile = 'cdkpipe-runner.mjs';

/**
 * Runs `CDKPIPE_COMMANDS` commands in one shell, as CodeBuild does: they share variables and directory, and the first that
 * fails ends the step, whatever its place in a list of `&&`. The verdict is a file, for {@link checkCommands}: a trap of the
 * author's on EXIT may end the shell with another code than the commands earned.
 */
export const runCommands = [
  'mkdir -p "$RUNNER_TEMP/cdkpipe" && rm -f "$RUNNER_TEMP/cdkpipe/verdict" || exit',
  'cdkpipe_at=0',
  'cdkpipe_at_exit=',
  'cdkpipe_judge() {',
  '  if [ "$cdkpipe_at" -eq "$CDKPIPE_COMMANDS" ] || [ "$1" -ne 0 ]; then printf %s "$1" >| "$RUNNER_TEMP/cdkpipe/verdict"; fi',
  '}',
  'cdkpipe_ended() {',
  '  if [ ! -f "$RUNNER_TEMP/cdkpipe/verdict" ]; then cdkpipe_judge "$1"; fi',
  '  eval "$cdkpipe_at_exit"',
  '}',
  'trap() {',
  '  if [ "$BASH_SUBSHELL" -gt 0 ] || [ $# -lt 2 ] || [ "$1" = -p ] || [ "$1" = -l ]; then builtin trap "$@"; return; fi',
  '  if [ "$1" = -- ]; then shift; fi',
  '  local cdkpipe_action=$1 cdkpipe_signal',
  '  shift',
  '  for cdkpipe_signal; do',
  '    case $cdkpipe_signal in',
  '      0 | [Ee][Xx][Ii][Tt]) cdkpipe_at_exit=${cdkpipe_action#-} ;;',
  '      *) builtin trap -- "$cdkpipe_action" "$cdkpipe_signal" || return ;;',
  '    esac',
  '  done',
  '}',
  'builtin trap \'cdkpipe_ended "$?"\' EXIT',
  'while [ "$cdkpipe_at" -lt "$CDKPIPE_COMMANDS" ]; do',
  '  cdkpipe_at=$((cdkpipe_at + 1))',
  '  cdkpipe_command=CDKPIPE_COMMAND_$cdkpipe_at',
  '  printf \'$ %s\\n\' "${!cdkpipe_command}"',
  '  eval "${!cdkpipe_command}"',
  '  cdkpipe_code=$?',
  '  cdkpipe_judge "$cdkpipe_code"',
  '  if [ "$cdkpipe_code" -ne 0 ]; then exit "$cdkpipe_code"; fi',
  'done',
  'IFS=" "',
  'for cdkpipe_pair in $CDKPIPE_EXPORTS; do',
  '  cdkpipe_name=${cdkpipe_pair#*=}',
  '  cdkpipe_mark=cdkpipe_$(od -An -N16 -tx1 /dev/urandom | tr -d " \\n")',
  '  printf \'%s<<%s\\n%s\\n%s\\n\' "${cdkpipe_pair%%=*}" "$cdkpipe_mark" "${!cdkpipe_name}" "$cdkpipe_mark" >> "$GITHUB_OUTPUT"',
  'done',
].join('\n');

/** Passes only where the last command was reached and has passed; an `exit 0` in front of it is no verdict. */
export const checkCommands = [
  'if [ "$(cat "$RUNNER_TEMP/cdkpipe/verdict" 2> /dev/null)" != 0 ]; then',
  '  echo "::error::a command failed, or ended the shell before all commands had run (exit, exec, break, continue)"',
  '  exit 1',
  'fi',
].join('\n');

/** What is deployed is what the committed workflow was rendered for. */
export const checkWorkflow = [
  'git ls-files --error-unmatch -- "$CDKPIPE_WORKFLOW" > /dev/null && git diff --exit-code -- "$CDKPIPE_WORKFLOW" || {',
  '  echo "::error file=$CDKPIPE_WORKFLOW::the workflow is not what the definition renders; run cdkpipe synth and commit the file"',
  '  exit 1',
  '}',
].join('\n');

/** One tar keeps modes and hidden files. `CDKPIPE_OUTPUT` names the output of the step that has its digest. */
export const pack = [
  'set -e',
  'mkdir -p "$(dirname "$CDKPIPE_TAR")"',
  'tar --create --file "$CDKPIPE_TAR" --directory "$CDKPIPE_DIRECTORY" .',
  'cdkpipe_digest=$(sha256sum "$CDKPIPE_TAR" | cut -d " " -f 1)',
  'echo "digest=$cdkpipe_digest" >> "$GITHUB_OUTPUT"',
].join('\n');

/** Refuses an artifact that is not the one whose digest the job that made it has given. */
export const unpack = [
  'set -e',
  'if [ -z "$CDKPIPE_DIGEST" ]; then echo "::error::no digest of $CDKPIPE_TAR"; exit 1; fi',
  'echo "$CDKPIPE_DIGEST  $CDKPIPE_TAR" | sha256sum --check --strict',
  'mkdir -p "$CDKPIPE_DIRECTORY"',
  'tar --extract --file "$CDKPIPE_TAR" --directory "$CDKPIPE_DIRECTORY"',
].join('\n');

/** A directory that a step has made, or is to find. */
export const copyDirectory = ['set -e', 'mkdir -p "$CDKPIPE_TO"', 'cp -R "$CDKPIPE_FROM/." "$CDKPIPE_TO"'].join('\n');

/**
 * A token of the job for the AWS CLI, which GitHub's runners have and which assumes the role by itself
 * (https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token).
 */
const mintToken = [
  'set -e -o pipefail',
  'mkdir -p "$(dirname "$AWS_WEB_IDENTITY_TOKEN_FILE")"',
  'curl --fail --silent --show-error --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\',
  '  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" | jq --raw-output .value > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
  'mkdir -p "$CDKPIPE_DIRECTORY"',
];

/** The files of a ZIP in S3, as CodePipeline hands them to a build. */
export const fetchObject = [
  ...mintToken,
  'aws s3api get-object --bucket "$CDKPIPE_BUCKET" --key "$CDKPIPE_KEY" "$RUNNER_TEMP/cdkpipe-source.zip" > /dev/null',
  'unzip -q -o "$RUNNER_TEMP/cdkpipe-source.zip" -d "$CDKPIPE_DIRECTORY"',
].join('\n');

/** `imageDetail.json`, as CodePipeline hands it to a build. */
export const fetchImageDetail = [
  ...mintToken,
  'aws ecr describe-images --repository-name "$CDKPIPE_REPOSITORY" --image-ids imageTag="$CDKPIPE_TAG" --output json |',
  '  jq \'.imageDetails[0] | {ImageURI: "\\(.registryId).dkr.ecr.\\(env.AWS_REGION).\\(env.CDKPIPE_SUFFIX)/\\(.repositoryName)@\\(.imageDigest)", ImageDigest: .imageDigest, ImageTags: .imageTags, RegistryId: .registryId, RepositoryName: .repositoryName, Version: "1.0"}\' \\',
  '  > "$CDKPIPE_DIRECTORY/imageDetail.json"',
].join('\n');

export type Verb = 'prove' | 'publish' | 'prepare' | 'execute' | 'step';

export function runnerCommand(verb: Verb): string {
  return `node ${assemblyDirectory}/${runnerFile} ${verb}`;
}
