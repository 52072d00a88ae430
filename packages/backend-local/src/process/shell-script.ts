/** Commands of an author, one after the other in one shell, as CodeBuild runs those of a phase. */

/**
 * The commands travel as arguments, so that nothing of them is taken for the script's own. They share variables and
 * directory; the first that fails ends it, whatever its place in a list of `&&`, which `set -e` would let pass; a `set -e` of the author's own keeps its meaning.
 */
const script = String.raw`
for cdkpipe_command in "$@"; do
  printf '$ %s\n' "$cdkpipe_command"
  eval "$cdkpipe_command"
  cdkpipe_status=$?
  if [ "$cdkpipe_status" -ne 0 ]; then exit "$cdkpipe_status"; fi
done
`;

export function shellArguments(commands: readonly string[]): { readonly file: string; readonly args: string[] } {
  return { file: 'bash', args: ['--noprofile', '--norc', '-c', script, 'bash', ...commands] };
}
