/** Options that nobody would write: examples with something broken, and JSON of any shape. */
import fc from 'fast-check';
import type { AnyKind } from './kinds.ts';

/** The same ones each time, so that what was found is found again. */
const seed = 20_260_101;

export function strangeOptions(kind: AnyKind, count: number): unknown[] {
  const examples = examplesOf(kind);
  const swept = examples.flatMap((example) =>
    pathsIn(example).flatMap((path) => [leftOut, ...hostile].map((value) => replaced(example, path, value))),
  );
  const sampled = fc.sample(fc.oneof(...examples.map(changed), fc.jsonValue({ maxDepth: 3 })), {
    numRuns: count,
    seed,
  });
  return [...swept, ...sampled];
}

function examplesOf({ examples = [] }: AnyKind): unknown[] {
  return examples.map(({ options }) => options as unknown);
}

/** Near an example, as most of what is accepted is. */
export function nearOptions(kind: AnyKind, count: number): unknown[] {
  const examples = examplesOf(kind);
  return examples.length === 0 ? [] : fc.sample(fc.oneof(...examples.map(changed)), { numRuns: count, seed });
}

/** What each language on the way has a meaning for, and what is at the edge of a type. */
const hostile: readonly unknown[] = [
  '',
  ' ',
  '#{x.y}',
  '${AWS::Region}',
  '$(id)',
  '"\n',
  '\u202e',
  '{{resolve:ssm:x}}',
  '../..',
  '__proto__',
  0,
  -1,
  1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  null,
  true,
  [],
  {},
];

/** Any code point that is no half of a pair; fast-check's own `binary` takes a second to make its tables. */
const character = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));

const leaves: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: character, maxLength: 40 }),
  fc.integer({ min: -10, max: 100_000 }),
  fc.jsonValue({ maxDepth: 1 }),
);

/** One place of the example is left out or holds something else. */
function changed(example: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(example);
  return fc
    .tuple(
      fc.constantFrom(...paths),
      fc.oneof(fc.constant(leftOut), leaves, fc.constantFrom(...paths.map((path) => at(example, path)))),
    )
    .map(([path, value]) => replaced(example, path, value));
}

const leftOut = Symbol('left out');
type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsIn((value as Record<string | number, unknown>)[key], [...path, key]))];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by === leftOut ? undefined : by;
  const inner = replaced((value as Record<string | number, unknown>)[key], rest, by);
  const gone = rest.length === 0 && by === leftOut;
  if (Array.isArray(value)) return value.flatMap((item, index) => (index !== key ? [item] : gone ? [] : [inner]));
  const { [key]: _, ...others } = value as Record<string | number, unknown>;
  return gone ? others : { ...others, [key]: inner };
}
