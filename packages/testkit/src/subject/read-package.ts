/** Reads the package of a plugin, without running anything of it. */
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PackedPlugin } from '../check/check.ts';
import { makeProject } from './make-project.ts';

export type Disposable = { [Symbol.dispose](): void };

/** @param directory directory with the package.json of the plugin, which must be built */
export function readPackage(directory: string): PackedPlugin & Disposable {
  const at = resolve(directory);
  const description = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as PackedPlugin['description'];
  const name = String(description.name);
  const project = makeProject(name, at, needsOf(description));
  return {
    directory: at,
    name,
    description,
    project,
    [Symbol.dispose]: () => rmSync(project, { recursive: true, force: true }),
  };
}

/** Packages that it names as peers or dependencies. */
export function needsOf({ peerDependencies, dependencies }: PackedPlugin['description']): string[] {
  return [peerDependencies, dependencies].flatMap((names) => Object.keys(names ?? {}));
}
