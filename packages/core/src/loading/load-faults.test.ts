import { describe, expect, it } from 'vitest';
import { loadDefinition } from './load-definition.ts';
import { makeProject, refusalOf } from './project.test.fixture.ts';

interface Hostile {
  readonly files: Record<string, string>;
  readonly code: string;
  readonly message: string;
  readonly location?: string;
  readonly fix: string;
}

const broken = 'export default {\n  name: "shop",\n  waves: [ wave("Beta" ],\n};\n';
const config = (content: string, more: Record<string, string> = {}) => ({ 'cdkpipe.config.ts': content, ...more });

const hostile: Record<string, Hostile> = {
  ...Object.fromEntries(
    ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((type): [string, Hostile] => [
      `a ${type} file that does not parse`,
      {
        files: { [`cdkpipe.config.${type}`]: broken },
        code: 'FILE_UNPARSABLE',
        message: `"cdkpipe.config.${type}" does not parse: unexpected token, expected ","`,
        location: `cdkpipe.config.${type}:3:24`,
        fix: `mend the syntax at cdkpipe.config.${type}:3:24`,
      },
    ]),
  ),
  'a bracket that is missing': {
    files: config('if true) {}'),
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.ts" does not parse: unexpected token, expected "("',
    location: 'cdkpipe.config.ts:1:4',
    fix: 'mend the syntax at cdkpipe.config.ts:1:4',
  },
  'an imported file that does not parse': {
    files: config('import "./lib/orders";\nexport default {};', { 'lib/orders.ts': '\nconst = 1;' }),
    code: 'FILE_UNPARSABLE',
    message: '"lib/orders.ts" does not parse: unexpected token',
    location: 'lib/orders.ts:2:7',
    fix: 'mend the syntax at lib/orders.ts:2:7',
  },
  'JSON that does not parse': {
    files: { 'cdkpipe.config.json': '{\n  "name": "shop",\n}' },
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.json" does not parse: expected double-quoted property name',
    location: 'cdkpipe.config.json:3:1',
    fix: 'mend the syntax at cdkpipe.config.json:3:1',
  },
  'JSON that ends too early': {
    files: { 'cdkpipe.config.json': '{\n  "name": "shop"' },
    code: 'FILE_UNPARSABLE',
    message: "\"cdkpipe.config.json\" does not parse: expected ',' or '}' after property value",
    location: 'cdkpipe.config.json:2:17',
    fix: 'mend the syntax at cdkpipe.config.json:2:17',
  },
  'JSON that gives the approvals of a deployment twice': {
    files: { 'cdkpipe.config.json': '{\n  "approvals": [{ "kind": "manual" }],\n  "approvals": []\n}' },
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.json" does not parse: the key "approvals" exists twice',
    location: 'cdkpipe.config.json:3:3',
    fix: 'mend the syntax at cdkpipe.config.json:3:3',
  },
  'YAML that gives the approvals of a deployment twice': {
    files: { 'cdkpipe.config.yaml': 'approvals: [{ kind: manual }]\napprovals: []\n' },
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.yaml" does not parse: duplicated mapping key',
    location: 'cdkpipe.config.yaml:2:1',
    fix: 'mend the syntax at cdkpipe.config.yaml:2:1',
  },
  'a package.json that gives a key of the definition twice': {
    files: { 'package.json': '{ "cdkpipe": { "name": "shop", "name": "store" } }' },
    code: 'FILE_UNPARSABLE',
    message: '"package.json" does not parse: the key "name" exists twice',
    location: 'package.json:1:32',
    fix: 'mend the syntax at package.json:1:32',
  },
  'imported JSON that does not parse': {
    files: config('import o from "./o.json";\nexport default o;', { 'o.json': '{ "a": 1,\n  b }' }),
    code: 'FILE_UNPARSABLE',
    message: '"o.json" does not parse: expected double-quoted property name',
    location: 'o.json:2:3',
    fix: 'mend the syntax at o.json:2:3',
  },
  'YAML that does not parse': {
    files: { 'cdkpipe.config.yaml': 'name: shop\nwaves:\n  - [a\n' },
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.yaml" does not parse: unexpected end of the stream within a flow collection',
    location: 'cdkpipe.config.yaml:4:1',
    fix: 'mend the syntax at cdkpipe.config.yaml:4:1',
  },
  'YAML with a key twice': {
    files: { 'cdkpipe.config.yml': 'name: shop\nname: shop\n' },
    code: 'FILE_UNPARSABLE',
    message: '"cdkpipe.config.yml" does not parse: duplicated mapping key',
    location: 'cdkpipe.config.yml:2:1',
    fix: 'mend the syntax at cdkpipe.config.yml:2:1',
  },
  'an output selector that calls a method': {
    files: config(
      'import { output } from "@cdkpipe/core";\nconst read = { url: output((stage) => stage.find("Url")) };\nexport default read;',
    ),
    code: 'OUTPUT_SELECTOR_INVALID',
    message: 'the function given to output(...) cannot be read as a property of the stage: it calls "find"',
    location: 'cdkpipe.config.ts:2:21',
    fix: 'return a property and do nothing else, as in output((stage: OrdersStage) => stage.url)',
  },
  'a tsconfig.json that extends nothing': {
    files: config('export default {};', { 'tsconfig.json': '{ "extends": "./none.json" }' }),
    code: 'TSCONFIG_UNUSABLE',
    message: 'the tsconfig.json that "cdkpipe.config.ts" belongs to cannot be used: File \'./none.json\' not found.',
    fix: 'mend the tsconfig.json; its `paths` decide what the definition imports',
  },
  'a definition that throws': {
    files: config(
      'interface A { b: string }\nconst ok: boolean = (true as boolean); if (ok) throw new TypeError("no luck");\nexport default {};',
    ),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: TypeError: no luck',
    location: 'cdkpipe.config.ts:2:54',
    fix: 'mend the error at cdkpipe.config.ts:2:54',
  },
  'an imported file that throws': {
    files: config('import { f } from "./lib/orders";\nexport default f();', {
      'lib/orders.ts': 'interface A { b: string }\nexport const f = (): A => { throw new Error("no luck"); };',
    }),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: no luck',
    location: 'lib/orders.ts:2:35',
    fix: 'mend the error at lib/orders.ts:2:35',
  },
  'a package that throws': {
    files: config('import { f } from "bad";\n\nexport default f();', {
      'node_modules/bad/index.js': 'exports.f = () => { throw new Error("no luck"); };',
    }),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: no luck',
    location: 'cdkpipe.config.ts:3:16',
    fix: 'mend the error at cdkpipe.config.ts:3:16',
  },
  'a definition that throws what is no error': {
    files: config('throw "no luck";'),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: \'no luck\'',
    location: 'cdkpipe.config.ts',
    fix: 'mend the error at cdkpipe.config.ts',
  },
  'a definition that throws a frozen error': {
    files: config('throw Object.freeze(new Error("no luck"));'),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: no luck',
    location: 'cdkpipe.config.ts:1:21',
    fix: 'mend the error at cdkpipe.config.ts:1:21',
  },
  'a definition that reads a file which is not there': {
    files: config('import { readFileSync } from "node:fs";\nexport default readFileSync("/none/at/all");'),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: ENOENT: no such file or directory, open \'/none/at/all\'',
    location: 'cdkpipe.config.ts:2:16',
    fix: 'mend the error at cdkpipe.config.ts:2:16',
  },
  'a name that the imported file does not export': {
    files: config('import { wavee } from "./lib/w";\nexport default wavee(1);', {
      'lib/w.ts': 'export const wave = 1;',
    }),
    code: 'CONFIG_THREW',
    message: '"cdkpipe.config.ts" threw while it was loaded: TypeError: wavee is not a function',
    location: 'cdkpipe.config.ts:2:16',
    fix: 'mend the error at cdkpipe.config.ts:2:16',
  },
  'an import of a missing file': {
    files: config('import { a } from "./lib/order";\nexport default a;', { 'lib/orders.ts': '' }),
    code: 'IMPORT_NOT_FOUND',
    message: '"cdkpipe.config.ts" imports "./lib/order", which cannot be found',
    location: 'cdkpipe.config.ts:1:1',
    fix: 'did you mean "./lib/orders"?',
  },
  'an import of a missing package deeper in the project': {
    files: config('import "./lib/orders";\nexport default {};', {
      'lib/orders.ts': 'const a = 1;\nimport x from "left-pad";\nexport default x;',
    }),
    code: 'IMPORT_NOT_FOUND',
    message: '"lib/orders.ts" imports "left-pad", which cannot be found',
    location: 'lib/orders.ts:2:1',
    fix: 'correct the import, or install what "left-pad" names',
  },
  'an import of a module that the CDK does not have': {
    files: config('import "aws-cdk-lib/aws-nope";\nexport default {};'),
    code: 'IMPORT_NOT_EXPORTED',
    message: '"cdkpipe.config.ts" imports "aws-cdk-lib/aws-nope", which that package does not export',
    location: 'cdkpipe.config.ts:1:1',
    fix: 'import something that the package exports instead of "aws-cdk-lib/aws-nope"',
  },
  'a file with no default export': {
    files: config('export const name = "shop";'),
    code: 'CONFIG_WITHOUT_DEFAULT_EXPORT',
    message: '"cdkpipe.config.ts" has no default export',
    location: 'cdkpipe.config.ts',
    fix: 'write `export default defineConfig({ … })`',
  },
  'a CommonJS file that exports nothing': {
    files: { 'cdkpipe.config.cjs': 'const name = "shop";' },
    code: 'CONFIG_WITHOUT_DEFAULT_EXPORT',
    message: '"cdkpipe.config.cjs" has no default export',
    location: 'cdkpipe.config.cjs',
    fix: 'write `export default defineConfig({ … })`',
  },
  'an empty file': {
    files: config(' \n'),
    code: 'CONFIG_EMPTY',
    message: '"cdkpipe.config.ts" is empty',
    location: 'cdkpipe.config.ts',
    fix: 'write a definition into it, or remove it and run `cdkpipe init`',
  },
  'YAML with nothing but a comment': {
    files: { 'cdkpipe.config.yaml': '# to do\n' },
    code: 'CONFIG_EMPTY',
    message: '"cdkpipe.config.yaml" is empty',
    location: 'cdkpipe.config.yaml',
    fix: 'write a definition into it, or remove it and run `cdkpipe init`',
  },
  'a default export that is undefined': {
    files: config('export default undefined;'),
    code: 'CONFIG_WITHOUT_DEFINITION',
    message: '"cdkpipe.config.ts" exports undefined instead of a definition',
    location: 'cdkpipe.config.ts',
    fix: 'export the definition',
  },
  'a function that forgets to return': {
    files: config('export default async () => { ({ name: "shop" }); };'),
    code: 'CONFIG_WITHOUT_DEFINITION',
    message: 'the function that "cdkpipe.config.ts" exports gave undefined instead of a definition',
    location: 'cdkpipe.config.ts',
    fix: 'return the definition from the function',
  },
  'a function that throws': {
    files: config('interface A { b: string }\nexport default (): A => { throw new Error("no luck"); };'),
    code: 'CONFIG_FUNCTION_FAILED',
    message: 'the function that "cdkpipe.config.ts" exports failed: no luck',
    location: 'cdkpipe.config.ts:2:33',
    fix: 'mend the error at cdkpipe.config.ts:2:33',
  },
  'an async function that throws': {
    files: config('const f = async () => { await null; throw new Error("no luck"); };\nexport default f;'),
    code: 'CONFIG_FUNCTION_FAILED',
    message: 'the function that "cdkpipe.config.ts" exports failed: no luck',
    location: 'cdkpipe.config.ts:1:43',
    fix: 'mend the error at cdkpipe.config.ts:1:43',
  },
  'a function that imports a missing file': {
    files: config('export default async () => (await import("./nope")).default;'),
    code: 'IMPORT_NOT_FOUND',
    message: '"cdkpipe.config.ts" imports "./nope", which cannot be found',
    location: 'cdkpipe.config.ts:1:29',
    fix: 'correct the import, or install what "./nope" names',
  },
  'TypeScript that jiti cannot transform': {
    files: config('namespace N { export let a = 1; }\nexport default N;'),
    code: 'FILE_UNPARSABLE',
    message:
      '"cdkpipe.config.ts" does not parse: namespaces exporting non-const are not supported by Babel. Change to const or see: https://babeljs.io/docs/en/babel-plugin-transform-typescript',
    location: 'cdkpipe.config.ts',
    fix: 'mend the syntax at cdkpipe.config.ts',
  },
  'a promise that is rejected': {
    files: config('\nexport default Promise.reject(new Error("no luck"));'),
    code: 'CONFIG_FUNCTION_FAILED',
    message: 'the promise that "cdkpipe.config.ts" exports was rejected: no luck',
    location: 'cdkpipe.config.ts:2:31',
    fix: 'mend the error at cdkpipe.config.ts:2:31',
  },
  'a package.json that does not parse': {
    files: { 'package.json': '{ "name": }' },
    code: 'FILE_UNPARSABLE',
    message: '"package.json" does not parse: unexpected token \'}\'',
    location: 'package.json:1:11',
    fix: 'mend the syntax at package.json:1:11',
  },
};

describe('a definition is refused that is', () => {
  it.each(Object.entries(hostile))('%s', async (_, { files, ...problem }) => {
    const cwd = makeProject(files);
    const { cause, ...found } = await refusalOf(() => loadDefinition({ cwd }));
    expect(found).toEqual(problem);
  });
});

describe('a definition is refused', () => {
  const refusal = (cwd: string, configPath?: string) => refusalOf(() => loadDefinition({ cwd, configPath }));

  it.each([
    ['a top-level await', 'await new Promise(() => {});\nexport default {};'],
    ['a function', 'export default () => new Promise(() => {});'],
    ['a promise', 'export default new Promise(() => {});'],
  ])('when %s never settles', async (_, content) => {
    const cwd = makeProject(config(content));
    expect(await refusalOf(() => loadDefinition({ cwd, timeoutMs: 300 }))).toEqual({
      code: 'CONFIG_TIMED_OUT',
      message: '"cdkpipe.config.ts" did not settle within 0.3 s',
      location: 'cdkpipe.config.ts',
      fix: 'look for a promise that is awaited and never settles, and keep slow work out of the definition',
    });
  });

  it('when there is none, with all that was looked for', async () => {
    const cwd = makeProject({}, { cdk: false });
    expect(await refusal(cwd)).toEqual({
      code: 'CONFIG_NOT_FOUND',
      message: `no definition in ${cwd}; looked for cdkpipe.config.{ts,mts,cts,js,mjs,cjs,json,yaml,yml} and the key "cdkpipe" of package.json`,
      fix: 'run `cdkpipe init` to make one, or name the file with --config',
    });
  });

  it('when there is none, naming the directory where the search ended', async () => {
    const root = makeProject({ 'package.json': '{}', 'a/b/c.txt': '' });
    expect((await refusal(`${root}/a/b`)).message).toContain(`no definition in ${root}/a/b or above it up to ${root};`);
  });

  it.each([
    ['nope.ts', 'CONFIG_FILE_NOT_FOUND', 'there is no file "nope.ts", which --config names'],
    ['a/nope.yml', 'CONFIG_FILE_NOT_FOUND', 'there is no file "a/nope.yml", which --config names'],
    ['pipeline.toml', 'CONFIG_TYPE_UNKNOWN', '"pipeline.toml" is of no type that a definition can have'],
    ['pipeline', 'CONFIG_TYPE_UNKNOWN', '"pipeline" is of no type that a definition can have'],
    ['package.json', 'CONFIG_KEY_MISSING', '"package.json" has no key "cdkpipe"'],
    ['empty.json', 'CONFIG_EMPTY', '"empty.json" is empty'],
    ['folder.ts', 'CONFIG_FILE_UNREADABLE', '"folder.ts" cannot be read: it is a directory'],
  ])('when --config names %s', async (path, code, message) => {
    const cwd = makeProject({
      'cdkpipe.config.json': '{}',
      'package.json': '{}',
      'pipeline.toml': '',
      pipeline: '',
      'empty.json': '',
      'folder.ts/x': '',
    });
    expect(await refusal(cwd, path)).toMatchObject({ code, message });
  });

  it('when the CDK that it imports is not installed, and only then', async () => {
    const files = { 'cdkpipe.config.ts': 'import "./lib/orders";\nexport default { name: "shop" };' };
    const cwd = makeProject({ ...files, 'lib/orders.ts': 'import { Stack } from "aws-cdk-lib";' }, { cdk: false });
    // Type-only in effect: the name is never used, so TypeScript drops the import.
    expect((await loadDefinition({ cwd })).value).toEqual({ name: 'shop' });
    for (const module of ['aws-cdk-lib', 'aws-cdk-lib/aws-s3', 'constructs']) {
      const without = makeProject(
        { ...files, 'lib/orders.ts': `export const a = 1;\nimport "${module}";` },
        { cdk: false },
      );
      const { cause, ...problem } = await refusal(without);
      expect(problem).toEqual({
        code: 'AWS_CDK_NOT_FOUND',
        message: `aws-cdk-lib and constructs are not both installed in ${without}`,
        location: 'lib/orders.ts:2:1',
        fix: 'run `npm install aws-cdk-lib constructs` in the project',
      });
    }
  });

  it('with the error of the author as its cause, and with places relative to the current directory', async () => {
    const root = makeProject({
      'package.json': '{}',
      'cdkpipe.config.ts': 'throw new RangeError("far");',
      'a/b.txt': '',
    });
    const { cause, location } = await refusal(`${root}/a`);
    expect(cause).toBeInstanceOf(RangeError);
    expect(location).toBe('../cdkpipe.config.ts:1:7');
  });
});
