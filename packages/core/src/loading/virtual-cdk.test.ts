import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from './load-definition.ts';
import { makeProject } from './project.test.fixture.ts';

const require = createRequire(import.meta.url);
const loadedModules = (part: string) => Object.keys(require.cache).filter((file) => file.includes(part));

const forms = {
  'by name': 'import { Stack } from "aws-cdk-lib"; export const found = Stack;',
  'as a namespace': 'import * as cdk from "aws-cdk-lib"; export const found = cdk.Stack;',
  'by default': 'import cdk from "aws-cdk-lib"; export const found = cdk.Stack;',
  'by default and by name':
    'import cdk, { Stack } from "aws-cdk-lib"; export const found = cdk.Stack === Stack && Stack;',
  'on demand': 'const { Stack } = await import("aws-cdk-lib"); export const found = Stack;',
  'with require': 'const { Stack } = require("aws-cdk-lib"); export const found = Stack;',
  'from core': 'import { Stack } from "aws-cdk-lib/core"; export const found = Stack;',
};
const reExports = {
  'as a re-export': 'export { Stack as found } from "aws-cdk-lib";',
  'as a re-export of all': 'export * from "aws-cdk-lib"; export { Stack as found } from "aws-cdk-lib";',
};
const oldForms = { 'the old way': 'import cdk = require("aws-cdk-lib"); export const found = cdk.Stack;' };

describe('the CDK, before any of its service modules is loaded', () => {
  it.each([
    ...Object.entries({ ...forms, ...reExports, ...oldForms }).map(([form, code]) => ['lib/stack.ts', form, code]),
    ...Object.entries({ ...forms, ...reExports, ...oldForms }).map(([form, code]) => ['lib/stack.mts', form, code]),
    ...Object.entries(forms).map(([form, code]) => ['cdkpipe.config.mjs', form, `${code} export default { found };`]),
  ])('is the one copy of the project when %s imports it %s, and stays lazy', async (file, _, code) => {
    const config = `import { found } from "./${file.replace('.mts', '.mjs')}"; export default { found };`;
    const cwd = makeProject(file.startsWith('lib/') ? { [file]: code, 'cdkpipe.config.ts': config } : { [file]: code });
    const { value } = await loadDefinition({ cwd });
    expect(value).toEqual({ found: require('aws-cdk-lib').Stack });
    expect(loadedModules('/aws-cdk-lib/aws-ec2/')).toEqual([]);
  });

  it('loads no more than the sub-path that is imported', async () => {
    const cwd = makeProject({
      'cdkpipe.config.ts': 'import { Queue } from "aws-cdk-lib/aws-sqs"; export default { Queue };',
    });
    const { value } = await loadDefinition({ cwd });
    expect(value).toEqual({ Queue: require('aws-cdk-lib/aws-sqs').Queue });
    expect(loadedModules('/aws-cdk-lib/aws-ec2/')).toEqual([]);
  });

  it('is not loaded at all by a definition that does not import it', async () => {
    const before = loadedModules('/aws-cdk-lib/').length;
    await loadDefinition({ cwd: makeProject({ 'cdkpipe.config.ts': 'export default { name: "shop" };' }) });
    expect(loadedModules('/aws-cdk-lib/').length).toBe(before);
  });
});

it('the name of a module of the CDK is an ordinary export of it', async () => {
  const cwd = makeProject({
    'cdkpipe.config.ts': 'import { aws_lambda as lambda } from "aws-cdk-lib"; export default { f: lambda.Function };',
  });
  expect((await loadDefinition({ cwd })).value).toEqual({ f: require('aws-cdk-lib/aws-lambda').Function });
});

it('a class of the project extends the Stack that the rest of the process knows', async () => {
  const cwd = makeProject({
    'cdkpipe.config.ts': 'import { Orders } from "./lib/orders"; export default { stacks: (s) => new Orders(s, "O") };',
    'lib/orders.ts': `import { Stack } from 'aws-cdk-lib';
      import { Construct } from 'constructs';
      export class Orders extends Stack { constructor(scope: Construct, id: string) { super(scope, id); } }`,
  });
  const { App, Stack } = require('aws-cdk-lib');
  const { value } = await loadDefinition({ cwd });
  const stack = (value as { stacks(scope: unknown): unknown }).stacks(new App({ outdir: join(cwd, 'cdk.out') }));
  expect(stack).toBeInstanceOf(Stack);
  expect(stack).toBeInstanceOf(require('constructs').Construct);
});

it('@cdkpipe/core is imported by name, and a package in CommonJS by names that node does not see', async () => {
  const cwd = makeProject({
    'cdkpipe.config.ts':
      'import { defineConfig } from "@cdkpipe/core"; import { twice } from "old"; export default defineConfig({ n: twice(2) });',
    'node_modules/old/index.js': 'module.exports = Object.assign(() => {}, { ["tw" + "ice"]: (n) => 2 * n });',
  });
  expect((await loadDefinition({ cwd })).value).toEqual({ n: 4 });
});
