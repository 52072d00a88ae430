/** Whether a build writes the cloud assembly where the pipeline takes it from. */
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { outputElsewhere } from '../errors/catalogue/output.ts';
import type { Problem } from '../errors/problem.ts';
import { workspaceOf } from '../loading/source-root.ts';

/**
 * Only in a build, and only inside its workspace: anywhere else a person may want the assembly in any place. A warning, as a
 * later command may move it.
 *
 * @param directory of the definition
 * @param target where the assembly was written
 * @param output where the build must leave it, relative to the workspace
 */
export function checkOutputPlace(directory: string, target: string, output: string): Problem[] {
  const workspace = workspaceOf(directory);
  if (workspace === undefined) return [];
  const written = relative(workspace, realpathSync(target)).split(sep).join('/');
  return written === output || written.startsWith('..') ? [] : [outputElsewhere(written, output)];
}
