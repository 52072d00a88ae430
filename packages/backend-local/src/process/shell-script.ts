/** Commands of an author, one after the other in one shell, as CodeBuild runs those of a phase. */

/**
 * The commands travel as arguments, so that nothing of them is taken for the script's own. They share variables and
 * directory; the first that fails ends it, whatever its place in a list of `&&`, which `set -e` would let pass; a `set -e` of the author's own keeps its meaning.
 * Variables that are exported are written down when the shell ends, also by an `exit` of the author's. `@{` is what the
 * language here keeps for itself.
 */
const script = String.raw`
if [ -n "$CDKPIPE_EXPORTS_TO" ]; then
  cdkpipe_exports_to=$CDKPIPE_EXPORTS_TO
  cdkpipe_exports=$CDKPIPE_EXPORTS
  cdkpipe_export() {
    local name
    for name in $cdkpipe_exports; do
      if [ -n "@{!name+set}" ]; then printf '%s=%s\0' "$name" "@{!name}"; fi
    done > "$cdkpipe_exports_to"
  }
  trap cdkpipe_export EXIT
  unset CDKPIPE_EXPORTS_TO CDKPIPE_EXPORTS
fi
for cdkpipe_command in "$@"; do
  printf '$ %s\n' "$cdkpipe_command"
  eval "$cdkpipe_command"
  cdkpipe_status=$?
  if [ "$cdkpipe_status" -ne 0 ]; then exit "$cdkpipe_status"; fi
done
`.replaceAll('@{', '$' + '{');

export function shellArguments(commands: readonly string[]): { readonly file: string; readonly args: string[] } {
  return { file: 'bash', args: ['--noprofile', '--norc', '-c', script, 'bash', ...commands] };
}
