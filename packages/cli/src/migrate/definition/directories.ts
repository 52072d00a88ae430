/** In which directory of the workspace each further source, and each output of a step before the build, is placed. */
import type { OldShellStep, OldStep } from '../old-app/old-app.ts';
import { clean } from './names.ts';

/** By the key of the step that produces the files. */
export function placeDirectories(
  consumers: readonly OldStep[],
  producers: readonly OldStep[],
  mainSource: number | undefined,
): Map<number, string> {
  const directories = new Map<number, string>();
  for (const { key, id } of producers) {
    if (key === mainSource) continue;
    const wanted = consumers
      .filter((step): step is OldShellStep => step.type === 'shell')
      .flatMap(({ inputs }) => inputs)
      .find(({ producer, directory }) => producer === key && directory !== '.')?.directory;
    const directory = wanted === undefined ? undefined : asDirectory(wanted);
    directories.set(key, directory ?? `inputs/${clean(id)}`);
  }
  return directories;
}

/** A relative path inside the workspace: CDK Pipelines takes `../common`, too. */
function asDirectory(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map(clean).join('/') || 'inputs';
}
