/** Patterns with `*`, `?` and policy variables. */
import type { Context } from './policy.test.fixture.ts';

/** The value of a key, whose name is compared without case; undefined where the request has none. */
export function findValues(context: Context, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return found === undefined || Array.isArray(found) ? found : [found as string];
}

/** How far a `*` reaches, given what follows it in the pattern; absent where `*` and `?` are characters like others. */
type Reach = (next: string | undefined) => string;

const everything: Reach = () => '.*';
/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: a wildcard stays in its
 * segment, and reaches beyond it where it is the last character of one.
 */
const segment: Reach = (next) => (next === undefined || next === ':' ? '.*' : '[^:]*');

export interface Variables {
  readonly context: Context;
  /** False for documents of a version that knows no variables. */
  readonly known: boolean;
}

const variable = /^\$\{([^}]+)\}/;

/** Undefined where a variable has no value: such a pattern matches nothing. */
function expression(pattern: string, reach: Reach | undefined, { context, known }: Variables): RegExp | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const found = known ? variable.exec(pattern.slice(at)) : null;
    if (found) {
      const text = findVariable(found[1] ?? '', context);
      if (text === undefined) return undefined;
      source += literal(text);
      at += found[0].length - 1;
      continue;
    }
    const character = pattern[at] ?? '';
    if (character === '*' && reach) source += reach(pattern[at + 1]);
    else source += character === '?' && reach ? '.' : literal(character);
  }
  return new RegExp(`^${source}$`, 's');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** `${*}`, `${?}` and `${$}` stand for the character itself; `${key, 'text'}` has a default. */
function findVariable(inside: string, context: Context): string | undefined {
  if (['*', '?', '$'].includes(inside)) return inside;
  const [, key = inside, fallback] = /^([^,]+?)\s*,\s*'([^']*)'\s*$/.exec(inside) ?? [];
  const [value, ...more] = findValues(context, key.trim()) ?? [];
  if (more.length > 0) throw new Error(`\${${inside}} has several values, which a policy variable must not`);
  return value ?? fallback;
}

const noVariables: Variables = { context: {}, known: false };

/** Expressions of patterns without variables, which many requests are held against. */
const compiled = new Map<string, RegExp | undefined>();

function compile(kind: string, pattern: string, reach: Reach | undefined, variables: Variables): RegExp | undefined {
  if (variables.known && pattern.includes('${')) return expression(pattern, reach, variables);
  const key = `${kind} ${pattern}`;
  if (!compiled.has(key)) compiled.set(key, expression(pattern, reach, noVariables));
  return compiled.get(key);
}

/** Actions are compared without case. */
export function matchesAction(pattern: string, action: string): boolean {
  return compile('text', pattern.toLowerCase(), everything, noVariables)?.test(action.toLowerCase()) ?? false;
}

export function matchesText(pattern: string, text: string, variables: Variables): boolean {
  return compile('text', pattern, everything, variables)?.test(text) ?? false;
}

export function equalsText(pattern: string, text: string, variables: Variables): boolean {
  return compile('equal', pattern, undefined, variables)?.test(text) ?? false;
}

export function matchesResource(pattern: string, arn: string, variables: Variables): boolean {
  if (pattern === '*') return true;
  return compile('resource', pattern, segment, variables)?.test(arn) ?? false;
}

/** ArnLike: each of the six parts by itself, the last with all colons that it holds. */
export function matchesArn(pattern: string, arn: string, variables: Variables): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  if (wanted.length !== 6 || given.length !== 6) return false;
  return wanted.every((part, index) => matchesText(part, given[index] ?? '', variables));
}

/** A variable may hold colons, which part nothing. */
function partsOf(arn: string): string[] {
  const parts = arn.split(/:(?![^{]*\})/);
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
