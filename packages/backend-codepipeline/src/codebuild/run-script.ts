/** Runs a file of the source, whatever the pipeline knew when it was deployed. */
import type { ProjectVariable } from './build-work.ts';

export interface ScriptRun {
  readonly commands: readonly string[];
  readonly variables: readonly ProjectVariable[];
}

const missing = 'cdkpipe: the source has no file $CDKPIPE_SCRIPT, which the definition names as build.script';

/** The path reaches the shell as a variable only. Archives may lose the right to execute, so it is given back. */
export function runScript(script: string | undefined): ScriptRun {
  if (script === undefined) return { commands: [], variables: [] };
  return {
    commands: [
      `if [ ! -f "$CDKPIPE_SCRIPT" ]; then echo "${missing}" >&2; exit 1; fi`,
      'chmod +x -- "$CDKPIPE_SCRIPT" && "./$CDKPIPE_SCRIPT"',
    ],
    variables: [{ name: 'CDKPIPE_SCRIPT', type: 'PLAINTEXT', value: script }],
  };
}
