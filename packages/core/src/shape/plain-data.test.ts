import { expect, test } from 'vitest';
import { problemsOf } from '../modelling/definition.test.fixture.ts';
import { copyPlainData, dataLimits } from './plain-data.ts';

const codes = async (value: unknown) =>
  (await problemsOf(() => copyPlainData(value))).map(({ code, path = '' }) => `${code} ${path}`);

test('plain data is copied, and functions are kept', () => {
  const stacks = () => {};
  const value = { a: [1, 'x', null, undefined, { b: stacks }] };
  const copy = copyPlainData(value) as typeof value;
  expect(copy).toEqual(value);
  expect(copy).not.toBe(value);
  expect((copy.a[4] as { b: unknown }).b).toBe(stacks);
});

test('instances of classes are refused, but for the places that take them', async () => {
  class Deployment {
    get approvals() {
      return expect.unreachable();
    }
  }
  const one = new Deployment();
  const value = { waves: [one], when: new Date(0), backends: { own: { it: one } } };
  const places = { instances: ['backends'] };
  expect(await problemsOf(() => copyPlainData(value, places))).toMatchObject([
    { code: 'VALUE_INVALID', path: 'waves[0]', message: 'an instance of a class is not data' },
    { code: 'VALUE_INVALID', path: 'when', message: 'a date is not text' },
  ]);
  expect(copyPlainData({ backends: value.backends }, places)).toEqual({ backends: { own: { it: one } } });
});

test('what a list holds beside its entries is refused', async () => {
  expect(await codes({ approvals: Object.assign([1], { more: [2] }) })).toEqual(['VALUE_INVALID approvals']);
});

test('what loops do not see of an object is refused, as it would be lost', async () => {
  const step = Object.defineProperty({ name: 'Go' }, 'options', { value: { timeout: 5 }, enumerable: false });
  expect(await codes({ approvals: [step] })).toEqual(['VALUE_INVALID approvals[0]']);
  // Compilers mark the exports of a module so.
  const module = Object.defineProperty({ name: 'Go' }, '__esModule', { value: true });
  expect(await codes({ approvals: [module] })).toEqual([]);
});

test('what is one object in two places is one object in the copy', () => {
  const step = { kind: 'ask', name: 'Go' };
  const { a, b } = copyPlainData({ a: step, b: step }) as Record<string, unknown>;
  expect(a).toBe(b);
});

test('what is kept is the very object, and is not read', () => {
  const plugin = Object.defineProperty({}, 'name', { enumerable: true, get: () => expect.unreachable() });
  const { plugins } = copyPlainData({ plugins: plugin }, { kept: ['plugins'] }) as { plugins: unknown };
  expect(plugins).toBe(plugin);
});

test('a value that contains itself is refused where it does', async () => {
  const wave: Record<string, unknown> = { name: 'Beta' };
  wave.deployments = [{ wave }];
  expect(await codes({ waves: [wave] })).toEqual(['VALUE_CYCLIC waves[0].deployments[0].wave']);
});

test('getters and proxies that throw are refused where they are, all at once', async () => {
  const fails = () => {
    throw new Error('no');
  };
  const getter = Object.defineProperty({}, 'b', { enumerable: true, get: fails });
  const proxies = [{ get: fails }, { ownKeys: fails }, { getPrototypeOf: fails }];
  const [one, two, three] = proxies.map((handler) => new Proxy({ c: 1 }, handler));
  expect(await codes({ a: getter, one, two, three })).toEqual([
    'VALUE_UNREADABLE a.b',
    'VALUE_UNREADABLE one.c',
    'VALUE_UNREADABLE two',
    'VALUE_UNREADABLE three',
  ]);
});

test('BigInts, symbols and keys that would be lost are refused', async () => {
  const lost = JSON.parse('{ "__proto__": { "polluted": true } }');
  expect(await codes({ a: 1n, b: Symbol('x'), c: { [Symbol('y')]: 1 }, d: lost })).toEqual([
    'VALUE_INVALID a',
    'VALUE_INVALID b',
    'VALUE_INVALID c["Symbol(y)"]',
    'KEY_RESERVED d.__proto__',
  ]);
});

test('a million levels are refused, also in an object without an end', async () => {
  let deep: unknown = 1;
  for (let level = 0; level < 1e6; level += 1) deep = [deep];
  expect(await codes({ deep })).toEqual(['DEFINITION_TOO_DEEP deep[0][0][0]']);
  const endless = (): object =>
    new Proxy(
      {},
      {
        ownKeys: () => ['a'],
        get: endless,
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      },
    );
  expect(await codes({ deep: endless() })).toEqual(['DEFINITION_TOO_DEEP deep.a.a.a']);
});

test('a list counts as long as it says, and what is shared as often as it is used', async () => {
  expect(await codes({ sparse: new Array(dataLimits.values + 1) })).toEqual(['DEFINITION_TOO_LARGE ']);
  const bomb = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], 'lol');
  expect(await codes(bomb)).toEqual(['DEFINITION_TOO_LARGE ']);
});
