/** Reads the CDK context that files of the project and of the user set, as the `cdk` CLI does. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contextNotObject, contextUnreadable, fileUnparsable } from '../errors/catalogue/loading.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { parseJson } from '../loading/parse-json.ts';
import { readGivenContext } from './given-context.ts';
import { metadataContext } from './metadata-context.ts';

/**
 * Merges the key `context` of `~/.cdk.json`, all of `cdk.context.json` and the key `context` of `cdk.json`. If several
 * files set a key, the latter wins, and objects are merged key by key: the order of the CLI, in which the author's
 * `cdk.json` takes precedence over stored look-ups. To these it adds the keys by which the CLI turns on metadata. Above
 * all files is what the command line gives, first that of the run whose build this is.
 *
 * @param env where the CLI passes its context when it runs us as its app; the metadata keys are then the CLI's
 * @param given values of `--context`
 * @throws CdkpipeError (`source: 'user'`) with the faults of all three files
 */
export function readContext(
  directory: string,
  {
    home = homedir(),
    env = process.env,
    given = {},
  }: {
    readonly home?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly given?: Readonly<Record<string, string>>;
  } = {},
): Readonly<Record<string, unknown>> {
  const problems: Problem[] = [];
  const user = readFile({ file: join(home, '.cdk.json'), name: '~/.cdk.json' }, problems);
  const lookups = readFile({ file: join(directory, 'cdk.context.json'), name: 'cdk.context.json' }, problems);
  const project = readFile({ file: join(directory, 'cdk.json'), name: 'cdk.json' }, problems);
  const bags = [contextOf(user, problems), lookups.bag, contextOf(project, problems)];
  refuseIfAny(problems);
  const metadata = env.CDK_CONTEXT_JSON === undefined ? metadataContext({ ...user.bag, ...project.bag }) : {};
  return [metadata, ...bags, readGivenContext(env), given].reduce(merge, {});
}

type Bag = Readonly<Record<string, unknown>>;

interface ContextFile {
  readonly name: string;
  readonly bag: Bag;
}

function readFile({ file, name }: { file: string; name: string }, problems: Problem[]): ContextFile {
  const text = readIfThere(file, name, problems);
  if (text === undefined) return { name, bag: {} };
  const parsed = parseJson(text);
  if ('reason' in parsed) {
    problems.push(
      fileUnparsable(name, parsed.reason, parsed.at ? `${name}:${parsed.at.line}:${parsed.at.column}` : name),
    );
    return { name, bag: {} };
  }
  if (isBag(parsed.value)) return { name, bag: parsed.value };
  problems.push(contextNotObject(name, 'the content', kindOf(parsed.value)));
  return { name, bag: {} };
}

function contextOf({ name, bag }: ContextFile, problems: Problem[]): Bag {
  const context = bag.context ?? {};
  if (isBag(context)) return context;
  problems.push(contextNotObject(name, 'the key "context"', kindOf(context)));
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
