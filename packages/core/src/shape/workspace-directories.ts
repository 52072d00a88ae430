/** The directories of the build's workspace: each belongs to one source or to the output. */
import { directoryInvalid, directoryTaken } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import type { AdditionalSource } from '../model/source.ts';

/** Directories outside the workspace, and directories that hold one another. */
export function checkDirectories(sources: readonly AdditionalSource[], output: string): Problem[] {
  const places = [
    { path: 'build.output', directory: output },
    ...sources.map(({ directory }) => ({ path: `additionalSources[${JSON.stringify(directory)}]`, directory })),
  ];
  return places.flatMap(({ path, directory }, index) => {
    if (!isInsideWorkspace(directory)) return [directoryInvalid(path, directory)];
    const other = places.slice(0, index).find((earlier) => overlaps(earlier.directory, directory));
    return other ? [directoryTaken(path, directory, other.directory)] : [];
  });
}

/** True for relative paths of plain characters that do not lead out, and that no command takes for an option. */
export function isInsideWorkspace(path: string): boolean {
  const isPlain = (part: string) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..';
  return !path.startsWith('-') && path.split('/').every(isPlain);
}

/** True for a directory and itself, or one inside of the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
