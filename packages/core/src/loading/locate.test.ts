import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from './load-definition.ts';
import { locate } from './locate.ts';
import { makeProject } from './project.test.fixture.ts';

const { App } = createRequire(import.meta.url)('aws-cdk-lib') as typeof import('aws-cdk-lib');

/** Where `stacks` of the definition throws, called long after it was loaded. */
async function placeOfFault(files: Record<string, string>, directory = makeProject(files)) {
  const { value } = await loadDefinition({ cwd: directory, configPath: Object.keys(files)[0] });
  try {
    await (value as { stacks(app: unknown): unknown }).stacks(new App({ outdir: join(directory, 'cdk.out') }));
  } catch (error) {
    return locate(error, directory);
  }
  throw new Error('nothing was thrown');
}

const call = 'import { go } from "./lib/orders";\nexport default { stacks: (app: unknown) => go(app as never) };';

describe('a fault after loading is located', () => {
  it('in the line and column of the TypeScript that throws', async () => {
    const orders = `interface Props { readonly a: string }
      export function go(app: unknown, props?: Props): never {
        const name: string = props?.a as string; if (!name) { throw new Error(name as string); } else throw 1;
      }`;
    expect(await placeOfFault({ 'cdkpipe.config.ts': call, 'lib/orders.ts': orders })).toBe('lib/orders.ts:3:69');
  });

  it.each([
    ['after type-only declarations', 'interface A {\n  b: string;\n}\ntype B =\n  | A\n  | string;\n', 7],
    [
      'after enums and namespaces',
      'export enum E {\n  A = 1,\n  B,\n}\nnamespace N {\n  export const a = E.A;\n}\n',
      8,
    ],
    [
      'after classes with decorators',
      'const d = (..._: any[]): any => {};\n@d\nclass A {\n  @d a = 1;\n  constructor(private b = 2) {}\n}\n',
      7,
    ],
    ['after one-line classes', 'class A { a = 1; b = 2; c() { return 3; } static { A.name; } }\n', 2],
    ['after templates and comments', 'const a = `\n${1}\n`;\n/* one\n two */\n// three\n', 7],
    ['after Windows line ends', 'const a = 1;\r\nconst b: number = 2;\r\n', 3],
  ])('%s', async (_, head, line) => {
    const orders = `${head}export function go(_: unknown) { const a: string = "x"; throw new Error(a); }`;
    expect(await placeOfFault({ 'cdkpipe.config.ts': call, 'lib/orders.ts': orders })).toBe(`lib/orders.ts:${line}:63`);
  });

  it('before an import that stands at the end of the file', async () => {
    const orders =
      'export function go(_: unknown): never {\n  throw new Error(sep as string);\n}\n\n\nimport { sep } from "node:path";';
    expect(await placeOfFault({ 'cdkpipe.config.ts': call, 'lib/orders.ts': orders })).toBe('lib/orders.ts:2:9');
  });

  it('in the line that uses the CDK, when the CDK throws far below it', async () => {
    const orders = `import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
      export function go(app: never) {
        const stack: Stack = new Stack(app, 'S');
        new ec2.Vpc(stack, 'V', { ipAddresses: ec2.IpAddresses.cidr('nonsense' as string) });
      }`;
    expect(await placeOfFault({ 'cdkpipe.config.ts': call, 'lib/orders.ts': orders })).toMatch(
      /^lib\/orders\.ts:4:\d+$/,
    );
  });

  it('in the line that calls a package, when the package throws 40 calls below it', async () => {
    const files = {
      'cdkpipe.config.ts': 'import { dig } from "deep";\nexport default { stacks: () => dig(40) };',
      'node_modules/deep/index.js': 'exports.dig = (n) => { if (n === 0) throw new Error("x"); exports.dig(n - 1); };',
    };
    expect(await placeOfFault(files)).toBe('cdkpipe.config.ts:2:32');
  });

  it.each([
    ['mjs', 'export default { stacks: () => { throw new Error("x"); } };'],
    ['cjs', 'module.exports = { stacks: () => { throw new Error("x"); } };'],
  ])('in a definition in %s', async (type, code) => {
    const column = code.indexOf('new') + 1;
    expect(await placeOfFault({ [`cdkpipe.config.${type}`]: code })).toBe(`cdkpipe.config.${type}:1:${column}`);
  });

  it.each([
    ['mjs', 'export const go = () => { throw new Error("x"); };'],
    ['cjs', 'exports.go = () => { throw new Error("x"); };'],
  ])('in an imported %s file, which node runs as it is', async (type, code) => {
    const files = {
      'cdkpipe.config.ts': call.replace('./lib/orders', `./lib/orders.${type}`),
      [`lib/orders.${type}`]: code,
    };
    expect(await placeOfFault(files)).toBe(`lib/orders.${type}:1:${code.indexOf('new') + 1}`);
  });

  it.each(['my project', 'a (b) c', 'ümläut', 'at x:1:2', 'node_modules_'])(
    'in a directory called %s',
    async (name) => {
      const code = 'export const go = () => { throw new Error("x"); };';
      for (const file of ['lib/orders.ts', 'lib/orders.mjs']) {
        const files = { 'cdkpipe.config.ts': call.replace('./lib/orders', `./${file}`), [file]: code };
        const root = makeProject(
          Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text])),
        );
        expect(await placeOfFault(files, `${root}/${name}`)).toBe(`${file}:1:${code.indexOf('new') + 1}`);
      }
    },
  );

  it('in a project that is reached over a symbolic link', async () => {
    const files = {
      'cdkpipe.config.ts': call,
      'lib/orders.ts': 'export const go = (_: unknown): never => { throw new Error("x"); };',
    };
    const link = `${makeProject({}, { cdk: false })}/link`;
    symlinkSync(makeProject(files), link);
    expect(await placeOfFault(files, link)).toBe('lib/orders.ts:1:50');
  });
});

it.each([
  ['an error from elsewhere', new Error('x')],
  ['no error', 'x'],
  ['nothing', undefined],
  ['an error whose message looks like a stack', Object.assign(new Error('x'), { stack: 'Error: at /p/lib/a.ts:1:1' })],
  ['a frame in a package of the project', { stack: 'Error\n    at f (/p/node_modules/a/index.js:1:1)' }],
])('%s has no place in the project', (_, error) => {
  expect(locate(error, '/p')).toBeUndefined();
});

it('the first frame inside of the project counts', () => {
  const stack =
    'Error\n    at f (/p/node_modules/a/i.js:1:1)\n    at async g (/p/lib/a.js:2:3)\n    at /p/lib/b.js:4:5';
  expect(locate({ stack }, '/p')).toBe('lib/a.js:2:3');
});
