/** What a package depends on, by its package.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageDescription } from '@cdkpipe/core';
import type { DependencyKind } from '../package-manager/command-lines.ts';

/** Under which key each dependency of the package stands. */
export function dependenciesOf(directory: string): Record<string, DependencyKind> {
  const content = readPackage(directory);
  const of = (kind: DependencyKind) => Object.keys(content[kind] ?? {}).map((name) => [name, kind] as const);
  return Object.fromEntries([...of('devDependencies'), ...of('dependencies')]);
}

export function readPackage(directory: string): PackageDescription & Partial<Record<DependencyKind, object>> {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
