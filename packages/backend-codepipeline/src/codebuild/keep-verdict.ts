/**
 * Keeps a trap of a gate's commands from passing it. CodeBuild runs each command as a script that ends with the exit code of
 * the command, as AWS's runner for CodeCatalyst does (`CODEBUILD_LAST_EXIT` in
 * https://github.com/aws/codecatalyst-runner-cli), so a trap on EXIT has the last word: `trap 'exit 0' EXIT; false` would pass.
 *
 * An alias replaces the word: `sh` takes no function of that name. The trap runs as before, in a subshell whose exit code
 * counts for nothing.
 */
const guard = [
  'cdkpipe_ended() { cdkpipe_code=$?; command trap - EXIT; ( (exit "$cdkpipe_code"); eval "$cdkpipe_at_exit" ) || :; exit "$cdkpipe_code"; }',
  'cdkpipe_trap() {',
  '  case $# in 0 | 1) command trap "$@"; return;; esac',
  '  case $1 in -p | -l) command trap "$@"; return;; --) shift;; esac',
  '  cdkpipe_action=$1; shift',
  '  for cdkpipe_signal; do case $cdkpipe_signal in',
  '    0 | [Ee][Xx][Ii][Tt] | [Ss][Ii][Gg][Ee][Xx][Ii][Tt]) case $cdkpipe_action in',
  '      -) command trap - EXIT;;',
  '      *) cdkpipe_at_exit=$cdkpipe_action; command trap cdkpipe_ended EXIT;;',
  '    esac;;',
  '    *) command trap -- "$cdkpipe_action" "$cdkpipe_signal" || return;;',
  '  esac; done',
  '}',
  'if [ -n "${BASH_VERSION-}" ]; then shopt -s expand_aliases; fi',
  'alias trap=cdkpipe_trap',
  '',
].join('\n');

/** Words with which a command sets a trap, or runs text that may. */
const maySetTrap = /\b(trap|eval|source)\b|(^|[\s;&|({])\.\s+[\w$"'./~-]/;

/** @returns the command, after what keeps its exit code where it may set a trap */
export function keepVerdict(command: string): string {
  return maySetTrap.test(command) ? `${guard}${command}` : command;
}
