/** Lays further inputs of a build in directories of its workspace. */
import type { ProjectVariable } from './build-work.ts';

export interface LaidInput {
  readonly artifact: string;
  readonly directory: string;
}

export interface LaidInputs {
  readonly commands: readonly string[];
  readonly variables: readonly ProjectVariable[];
}

/**
 * Copies each input to its directory, outer directories first, and fails where files already lie. The directories
 * reach the shell as variables only. A copy rather than a link, as docker and bundlers do not follow links outwards.
 */
export function layInputs(inputs: readonly LaidInput[]): LaidInputs {
  const sorted = [...inputs].sort((a, b) => (a.directory < b.directory ? -1 : 1));
  return {
    commands: sorted.map(({ artifact }, index) =>
      layInput(`$CDKPIPE_INPUT_${index + 1}`, `$CODEBUILD_SRC_DIR_${artifact}`),
    ),
    variables: sorted.map(({ directory }, index) => ({
      name: `CDKPIPE_INPUT_${index + 1}`,
      type: 'PLAINTEXT',
      value: directory,
    })),
  };
}

function layInput(directory: string, from: string): string {
  const refusal = `echo "cdkpipe: ${directory} of the source already holds files; nothing can be laid there" >&2; exit 1`;
  return [
    `if [ -n "$(ls -A -- "${directory}" 2>/dev/null)" ]; then ${refusal}; fi`,
    `mkdir -p -- "${directory}" && cp -R -- "${from}/." "${directory}"`,
  ].join('; ');
}
