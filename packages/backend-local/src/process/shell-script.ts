/** Commands of an author, one after the other in one shell, as CodeBuild runs those of its phases. */

/** One command, and what its failure means. */
export interface ShellItem {
  readonly phase: string;
  /** The first failure ends its part; `finally` of the same phase runs nevertheless. */
  readonly part: 'commands' | 'finally';
  /**
   * `stop`: all has failed, and no later phase runs; `fail`: all has failed, and later phases run; `ignore`: later phases
   * run as if nothing had happened.
   */
  readonly onFailure: 'stop' | 'fail' | 'ignore';
  readonly command: string;
}

/** Files that the shell writes into the directory it is given. */
export const shellRecords = {
  /** The exported variables, `name=value`, each ended by a zero byte. */
  exports: 'exports',
  /** Empty; there as soon as no command is left that something could have passed over. */
  whole: 'whole',
  /** The exit code that the commands earned; a trap of the author's on EXIT may end the shell with another. */
  status: 'status',
} as const;

/**
 * The commands travel as arguments, so that nothing of them is taken for the script's own. They share variables and
 * directory. A command that fails, whatever its place in a list of `&&`, which `set -e` would let pass, is judged by its
 * item; a `set -e` of the author's own keeps its meaning.
 *
 * An `exit` of the author's ends its command, as in CodeBuild, and what is left goes on in a new shell, which has the
 * directory, the environment and the exported variables of the old one. So do `break` and `continue`, which would
 * leave the loop. A trap of the author's on EXIT runs when all is judged, and changes nothing of the verdict. bash 3.2 has to understand it. `@{` is what the language here keeps for itself.
 */
const script = String.raw`
cdkpipe_records=$1 cdkpipe_exports=$2 cdkpipe_at=$3 cdkpipe_status=$4 cdkpipe_failed=$5 cdkpipe_stopped=$6
shift 6
cdkpipe_items=("$@")
cdkpipe_count=$#
cdkpipe_running= cdkpipe_over= cdkpipe_at_exit=
set --
if [ "$cdkpipe_at" -eq 0 ]; then export CODEBUILD_BUILD_SUCCEEDING=1; fi

cdkpipe_judge() {
  cdkpipe_running=
  if [ "$1" -eq 0 ]; then return 0; fi
  export CODEBUILD_BUILD_SUCCEEDING=0
  cdkpipe_failed=$cdkpipe_part
  if [ "$cdkpipe_on_failure" = ignore ]; then return 0; fi
  if [ "$cdkpipe_status" -eq 0 ]; then cdkpipe_status=$1; fi
  if [ "$cdkpipe_on_failure" = stop ]; then cdkpipe_stopped=$cdkpipe_phase; fi
}

cdkpipe_write_exports() {
  local IFS=' ' cdkpipe_name
  for cdkpipe_name in $cdkpipe_exports; do
    if [ -n "@{!cdkpipe_name+set}" ]; then
      printf '%s=%s\0' "$cdkpipe_name" "@{!cdkpipe_name}"
      export "$cdkpipe_name"
    fi
  done >| "$cdkpipe_records/exports"
}

trap() {
  local cdkpipe_action=@{1-} cdkpipe_signal
  if [ "$BASH_SUBSHELL" -gt 0 ] || [ $# -lt 2 ] || [ "$cdkpipe_action" = -p ] || [ "$cdkpipe_action" = -l ]; then
    builtin trap "$@"
    return
  fi
  if [ "$cdkpipe_action" = -- ]; then shift; cdkpipe_action=$1; fi
  shift
  for cdkpipe_signal; do
    case $cdkpipe_signal in
      0 | [Ee][Xx][Ii][Tt]) if [ "$cdkpipe_action" = - ]; then cdkpipe_at_exit=; else cdkpipe_at_exit=$cdkpipe_action; fi ;;
      *) builtin trap -- "$cdkpipe_action" "$cdkpipe_signal" || return ;;
    esac
  done
}

cdkpipe_ended() {
  local cdkpipe_code=$?
  set +e
  if [ -n "$cdkpipe_over" ]; then return 0; fi
  if [ -n "$cdkpipe_running" ]; then cdkpipe_judge "$cdkpipe_code"; fi
  cdkpipe_write_exports
  printf '%s' "$cdkpipe_status" >| "$cdkpipe_records/status"
  if [ -n "$cdkpipe_at_exit" ]; then
    cdkpipe_running=$cdkpipe_at_exit cdkpipe_at_exit=
    if [ "$cdkpipe_at" -ge "$cdkpipe_count" ]; then cdkpipe_over=1; : >| "$cdkpipe_records/whole"; fi
    (builtin exit "$cdkpipe_code")
    eval "$cdkpipe_running"
    cdkpipe_running=
  fi
  if [ "$cdkpipe_at" -lt "$cdkpipe_count" ]; then
    exec "$BASH" --noprofile --norc -c "$BASH_EXECUTION_STRING" bash "$cdkpipe_records" "$cdkpipe_exports" \
      "$cdkpipe_at" "$cdkpipe_status" "$cdkpipe_failed" "$cdkpipe_stopped" "@{cdkpipe_items[@]}"
  fi
  : >| "$cdkpipe_records/whole"
  cdkpipe_over=1
  exit "$cdkpipe_status"
}

builtin trap cdkpipe_ended EXIT
builtin trap 'cdkpipe_over=1; builtin trap - TERM; kill -TERM "$$"' TERM

while [ "$cdkpipe_at" -lt "$cdkpipe_count" ]; do
  cdkpipe_phase=@{cdkpipe_items[cdkpipe_at]}
  cdkpipe_part=$cdkpipe_phase/@{cdkpipe_items[cdkpipe_at + 1]}
  cdkpipe_on_failure=@{cdkpipe_items[cdkpipe_at + 2]}
  cdkpipe_command=@{cdkpipe_items[cdkpipe_at + 3]}
  cdkpipe_at=$((cdkpipe_at + 4))
  if [ -n "$cdkpipe_stopped" ] && [ "$cdkpipe_stopped" != "$cdkpipe_phase" ]; then continue; fi
  if [ "$cdkpipe_failed" = "$cdkpipe_part" ]; then continue; fi
  if [ "$cdkpipe_at" -eq "$cdkpipe_count" ] && [ "$cdkpipe_status" -eq 0 ]; then : >| "$cdkpipe_records/whole"; fi
  printf '$ %s\n' "$cdkpipe_command"
  cdkpipe_running=1
  eval "$cdkpipe_command"
  cdkpipe_judge "$?"
done
true
cdkpipe_ended
`.replaceAll('@{', '$' + '{');

/**
 * @param exports names of variables whose values are wanted, as they are when the commands have ended
 * @param records directory for {@link shellRecords}
 */
export function shellArguments(
  items: readonly ShellItem[],
  exports: readonly string[],
  records: string,
): { readonly file: string; readonly args: string[] } {
  const state = ['0', '0', '', ''];
  const texts = items.flatMap(({ phase, part, onFailure, command }) => [phase, part, onFailure, command]);
  return {
    file: 'bash',
    args: ['--noprofile', '--norc', '-c', script, 'bash', records, exports.join(' '), ...state, ...texts],
  };
}
