/** Reads the CDK context that files of the project and of the user set, as the `cdk` CLI does. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseJson } from '../config/parse-json.ts';
import { contextNotObject, contextUnreadable, fileUnparsable } from '../errors/catalogue/loading.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';

/**
 * Merges the key `context` of `~/.cdk.json`, all of `cdk.context.json` and the key `context` of `cdk.json`. Where
 * several set a key the latter wins, and objects are merged key by key: the order of the CLI, in which what the
 * author wrote into `cdk.json` stands above what look-ups have stored.
 *
 * @throws CdkpipeError (`source: 'user'`) with the faults of all three files
 */
export function readContext(directory: string, home = homedir()): Readonly<Record<string, unknown>> {
  const problems: Problem[] = [];
  const bags = [
    readBag(join(home, '.cdk.json'), '~/.cdk.json', problems, 'context'),
    readBag(join(directory, 'cdk.context.json'), 'cdk.context.json', problems),
    readBag(join(directory, 'cdk.json'), 'cdk.json', problems, 'context'),
  ];
  refuseIfAny(problems);
  return bags.reduce(merge, {});
}

type Bag = Readonly<Record<string, unknown>>;

function readBag(file: string, name: string, problems: Problem[], key?: string): Bag {
  const text = readIfThere(file, name, problems);
  if (text === undefined) return {};
  const parsed = parseJson(text);
  if ('reason' in parsed) {
    problems.push(
      fileUnparsable(name, parsed.reason, parsed.at ? `${name}:${parsed.at.line}:${parsed.at.column}` : name),
    );
    return {};
  }
  const { value } = parsed;
  const bag = key !== undefined && isBag(value) ? (value[key] ?? {}) : value;
  if (isBag(bag)) return bag;
  problems.push(contextNotObject(name, bag === value ? 'the content' : `the key "${key}"`, kindOf(bag)));
  return {};
}

function readIfThere(file: string, name: string, problems: Problem[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') problems.push(contextUnreadable(name, message));
    return undefined;
  }
}

function merge(below: Bag, above: Bag): Bag {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const other = merged[key];
    const both = isBag(value) && isBag(other) ? merge(other, value) : value;
    // Not an assignment: the key `__proto__` is data like any other.
    Object.defineProperty(merged, key, { value: both, enumerable: true, configurable: true, writable: true });
  }
  return merged;
}

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
