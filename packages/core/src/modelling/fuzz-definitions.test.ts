/** Random damage to definitions, as data and as text: refused as the author's fault, or accepted; never anything else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import { parseJson } from '../loading/parse-json.ts';
import { parseYaml } from '../loading/parse-yaml.ts';
import { copyPlainData } from '../shape/plain-data.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { registry } from './definition.test.fixture.ts';
import { hostileBase, hostileDefinitions, withValue } from './hostile-definitions.test.fixture.ts';
import { modelPipeline } from './model-pipeline.ts';

/** For each test; `npm run fuzz` says more. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 3);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };
/** What one definition may take, also on a busy machine. */
const longestMs = 30_000;
const hangs = seconds * 1000 + 2 * longestMs;

async function judge(value: unknown): Promise<void> {
  const began = performance.now();
  try {
    await modelPipeline(shapeDefinition(copyPlainData(value, { kept: ['plugins'] })), registry);
  } catch (error) {
    if (!isCdkpipeError(error) || error.source !== 'user') throw error;
    expect(error.problems.filter(({ fix }) => !fix)).toEqual([]);
  }
  expect(performance.now() - began).toBeLessThan(longestMs);
}

const words = fc.constantFrom('__proto__', 'constructor', 'toString', 'kind', 'parallel', '$ref', 'length', 'a', '');
const key = fc.oneof(words, fc.constantFrom(...Object.keys(hostileBase)), fc.string({ unit: 'binary', maxLength: 8 }));
const value = fc.oneof(
  fc.constantFrom(...hostileDefinitions.slice(0, 60).map((each) => (each.value as { name: unknown }).name)),
  fc.object({
    key,
    maxDepth: 4,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  fc.anything({ withTypedArray: true, withObjectString: true }),
);

/** Every path of what is accepted. */
function pathsOf(at: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof at !== 'object' || at === null) return [[...path]];
  const keys = Array.isArray(at) ? at.keys() : Object.keys(at);
  return [[...path], ...[...keys].flatMap((key) => pathsOf((at as Record<string, unknown>)[key], [...path, key]))];
}
const paths = pathsOf(hostileBase);

test(
  'values where others belong',
  async () => {
    const damage = fc.tuple(fc.constantFrom(...paths), fc.option(key, { nil: undefined }), value);
    const property = fc.asyncProperty(damage, async ([path, added, change]) => {
      const at = added === undefined || typeof path.at(-1) === 'number' ? path : [...path, added];
      await judge(withValue(at, change));
    });
    await fc.assert(property, limits);
  },
  hangs,
);

/** Text of which parts were removed, repeated or replaced. */
const damagedText = (text: string) =>
  fc
    .array(
      fc.tuple(
        fc.nat(text.length),
        fc.nat(8),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 4 }),
          fc.constantFrom('&a', '*a', '<<: *a', '[', '{', '!!js/function', '\n', '"'),
        ),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce((damaged, [at, length, put]) => damaged.slice(0, at) + put + damaged.slice(at + length), text),
    );

const json = JSON.stringify(hostileBase, null, 2);

test.each([
  ['JSON', json, parseJson],
  [
    'YAML',
    json
      .replace(/[{},"]/g, ' ')
      .replaceAll('[', '-')
      .replaceAll(']', ' '),
    parseYaml,
  ],
])(
  'damaged %s',
  async (_, text, parse) => {
    const property = fc.asyncProperty(damagedText(text), async (damaged) => {
      const parsed = await parse(damaged);
      if ('reason' in parsed) expect(parsed.reason).toBeTruthy();
      else await judge(parsed.value);
    });
    await fc.assert(property, limits);
  },
  hangs,
);
