import { describe, expect, it } from 'vitest';
import { loadDefinition } from './load-definition.ts';
import { makeProject } from './project.test.fixture.ts';

const esm = { 'package.json': '{ "type": "module" }' };
const cjs = { 'package.json': '{}' };
const shop = { name: 'shop' };

const load = async (files: Record<string, string>) => {
  const { value } = await loadDefinition({ cwd: makeProject(files) });
  return value;
};

describe.each([
  ['a project of ES modules', esm],
  ['a project of CommonJS modules', cjs],
  ['a project without package.json', {}],
])('in %s', (_, base) => {
  it.each([
    ['cdkpipe.config.ts', 'interface X { name: string } export default { name: "shop" } satisfies X;'],
    ['cdkpipe.config.ts', 'export = { name: "shop" };'],
    ['cdkpipe.config.mts', 'const name: string = "shop"; export default { name };'],
    ['cdkpipe.config.cts', 'import path = require("node:path"); export = { name: path.basename("/x/shop") };'],
    ['cdkpipe.config.mjs', 'export default { name: "shop" };'],
    ['cdkpipe.config.cjs', 'module.exports = { name: "shop" };'],
    [
      'cdkpipe.config.cjs',
      'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { name: "shop" };',
    ],
    ['cdkpipe.config.js', 'export default { name: "shop" };'],
    ['cdkpipe.config.js', 'module.exports = { name: "shop" };'],
    ['cdkpipe.config.js', '#!/usr/bin/env node\nmodule.exports = () => ({ name: "shop" });'],
    ['cdkpipe.config.json', '{ "name": "shop" }'],
    ['cdkpipe.config.json', '\uFEFF{ "name": "shop" }'],
    ['cdkpipe.config.yaml', '# the shop\nname: shop\n'],
    ['cdkpipe.config.yml', 'name: shop'],
    ['package.json', '{ "cdkpipe": { "name": "shop" } }'],
  ])('%s may say %s', async (file, content) => {
    expect(await load({ ...base, [file]: content })).toEqual(shop);
  });
});

it.each([
  ['an object', 'export default { name: "shop" };'],
  ['a function', 'export default () => ({ name: "shop" });'],
  ['an async function', 'export default async () => { await null; return { name: "shop" }; };'],
  ['a promise', 'export default Promise.resolve({ name: "shop" });'],
  ['re-exported', 'export { shop as default } from "./base";'],
  ['the default export of another file', 'export { default } from "./other";'],
  ['a promise in CommonJS', 'module.exports = Promise.resolve({ name: "shop" });'],
  ['a function in CommonJS', 'module.exports = async () => ({ name: "shop" });'],
  ['what a top-level await gives', 'const name = await Promise.resolve("shop"); export default { name };'],
])('a definition may be %s', async (_, content) => {
  const base = 'export const shop = { name: "shop" };';
  const other = 'export default { name: "shop" };';
  expect(await load({ 'base.ts': base, 'other.ts': other, 'cdkpipe.config.ts': content })).toEqual(shop);
});

it.each<[string, string, Record<string, string>]>([
  [
    'a file without extension',
    'import { name } from "./lib/name"; export default { name };',
    { 'lib/name.ts': 'export const name: string = "shop";' },
  ],
  [
    'a TypeScript file by the name of its output',
    'import { name } from "./lib/name.js"; export default { name };',
    { 'lib/name.ts': 'export const name = "shop";' },
  ],
  [
    'a TypeScript file by its own name',
    'import { name } from "./lib/name.ts"; export default { name };',
    { 'lib/name.ts': 'export const name = "shop";' },
  ],
  [
    'the source rather than the output beside it',
    'import { name } from "./lib/name"; export default { name };',
    { 'lib/name.ts': 'export const name = "shop";', 'lib/name.js': 'exports.name = "stale";' },
  ],
  [
    'a directory',
    'import { name } from "./lib"; export default { name };',
    { 'lib/index.ts': 'export const name = "shop";' },
  ],
  ['JSON', 'import shop from "./shop.json"; export default shop;', { 'shop.json': '{ "name": "shop" }' }],
  [
    'JSON with an attribute',
    'import shop from "./shop.json" with { type: "json" }; export default { name: shop.name };',
    { 'shop.json': '{ "name": "shop" }' },
  ],
  [
    'a path of tsconfig.json',
    'import { name } from "@lib/name"; export default { name };',
    {
      'lib/name.ts': 'export const name = "shop";',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } } // yes',
    },
  ],
  [
    'on demand',
    'export default async () => ({ name: (await import("./lib/name")).name });',
    { 'lib/name.ts': 'export const name = "shop";' },
  ],
  [
    'with require from an ES module',
    'export default { name: require("./lib/name").name };',
    { 'lib/name.ts': 'export const name = "shop";' },
  ],
  [
    'a CommonJS file',
    'import { name } from "./lib/name.cjs"; export default { name };',
    { 'lib/name.cjs': 'exports.name = "shop";' },
  ],
  [
    'the whole of a CommonJS file',
    'import name from "./lib/name.cjs"; export default { name };',
    { 'lib/name.cjs': 'module.exports = "shop";' },
  ],
  [
    'an ES module',
    'import { name } from "./lib/name.mjs"; export default { name };',
    { 'lib/name.mjs': 'export const name = await "shop";' },
  ],
  [
    'files that import each other',
    'import { name } from "./lib/a"; export default { name: name() };',
    {
      'lib/a.ts': 'import { b } from "./b"; export const word = "shop"; export const name = () => b();',
      'lib/b.ts': 'import { word } from "./a"; export const b = () => word;',
    },
  ],
  [
    'through a barrel',
    'import { name } from "./lib"; export default { name };',
    { 'lib/index.ts': 'export * from "./name";', 'lib/name.ts': 'export const name = "shop";' },
  ],
  [
    'a package',
    'import { name } from "shop-name"; export default { name };',
    {
      'node_modules/shop-name/package.json': '{ "type": "module", "exports": "./i.js" }',
      'node_modules/shop-name/i.js': 'export const name = "shop";',
    },
  ],
])('a definition may import %s', async (_, content, files) => {
  for (const [config, base] of [
    ['cdkpipe.config.ts', esm],
    ['cdkpipe.config.ts', cjs],
    ['cdkpipe.config.mts', cjs],
  ] as const) {
    expect(await load({ ...base, ...files, [config]: content })).toEqual(shop);
  }
});

it.each([
  ['enums', 'enum Name { Shop = "shop" } export default { name: Name.Shop };'],
  ['const enums', 'const enum Name { Shop = "shop" } export default { name: Name.Shop };'],
  ['parameter properties', 'class A { constructor(readonly name: string) {} } export default { ...new A("shop") };'],
  ['namespaces', 'namespace N { export const name = "shop"; } export default { name: N.name };'],
  [
    'decorators',
    'function named(_: unknown) { return class { name = "shop"; } as never; } @named class A {} export default { ...new A() };',
  ],
  [
    'overloads, generics and assertions',
    'function f(x: string): string; function f<T>(x: T) { return x!; } export default { name: <string>f("shop") };',
  ],
  [
    'its own place',
    'import { basename } from "node:path"; export default { name: [import.meta.url, import.meta.filename].every((x) => basename(x) === "cdkpipe.config.ts") && basename(import.meta.dirname).startsWith("cdkpipe-project-") ? "shop" : "" };',
  ],
  [
    'the place in CommonJS words',
    'import { basename } from "node:path"; export default { name: basename(__filename) === "cdkpipe.config.ts" && __dirname ? "shop" : "" };',
  ],
])('a definition may use %s', async (_, content) => {
  expect(await load({ 'cdkpipe.config.ts': content })).toEqual(shop);
});
