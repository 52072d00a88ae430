import { expect, it } from 'vitest';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import { makeProject } from '../loading/project.test.fixture.ts';
import { givenContextVariables } from './given-context.ts';
import { readContext } from './read-context.ts';

const read = (files: Record<string, string>) => {
  const root = makeProject({ 'home/x': '', 'project/x': '', ...files }, { cdk: false });
  return readContext(`${root}/project`, { home: `${root}/home`, env: { CDK_CONTEXT_JSON: '{}' } });
};
const json = JSON.stringify;

it('a project without any of the files has no context', () => {
  expect(read({})).toEqual({});
  expect(read({ 'project/cdk.json': '{ "app": "x" }', 'home/.cdk.json': '{}' })).toEqual({});
});

it('cdk.json stands above cdk.context.json, and both above ~/.cdk.json, as in the cdk CLI', () => {
  const context = read({
    'home/.cdk.json': json({ context: { user: 1, all: 1 } }),
    'project/cdk.context.json': json({ looked: 2, both: 2, all: 2 }),
    'project/cdk.json': json({ app: 'x', context: { flag: 3, both: 3, all: 3 } }),
  });
  expect(context).toEqual({ user: 1, looked: 2, flag: 3, both: 3, all: 3 });
});

it('what the command line gives stands above all files, and above what the run of the build gave', () => {
  const root = makeProject(
    { 'home/x': '', 'project/cdk.json': json({ context: { file: 1, both: 1, all: 1 } }) },
    { cdk: false },
  );
  const read = (env: NodeJS.ProcessEnv, given: Record<string, string>) =>
    readContext(`${root}/project`, { home: `${root}/home`, env: { CDK_CONTEXT_JSON: '{}', ...env }, given });
  const run = givenContextVariables({ both: 'run', all: 'run', run: 'run' });
  expect(read(run, { all: 'flag' })).toEqual({ file: 1, both: 'run', all: 'flag', run: 'run' });
  expect(read({}, {})).toEqual({ file: 1, both: 1, all: 1 });
  expect(givenContextVariables({})).toEqual({});
});

it('objects are merged key by key, lists are not', () => {
  const context = read({
    'project/cdk.context.json': json({ net: { cidr: 'a', deep: { x: 1 } }, zones: ['a', 'b'] }),
    'project/cdk.json': json({ context: { net: { azs: 2, deep: { y: 2 } }, zones: ['c'] } }),
  });
  expect(context).toEqual({ net: { cidr: 'a', azs: 2, deep: { x: 1, y: 2 } }, zones: ['c'] });
});

it('the key __proto__ is data like any other', () => {
  const context = read({ 'project/cdk.json': '{ "context": { "__proto__": { "polluted": true } } }' });
  expect(Object.keys(context)).toEqual(['__proto__']);
  expect({}).not.toHaveProperty('polluted');
});

it('the faults of all files are told together, with their places', () => {
  const files = {
    'home/.cdk.json': '[]',
    'project/cdk.context.json': '{\n  "a": 1,\n}',
    'project/cdk.json': '{ "context": ["a"] }',
  };
  try {
    read(files);
    expect.unreachable();
  } catch (error) {
    if (!isCdkpipeError(error)) throw error;
    expect(error.problems).toEqual([
      {
        code: 'CONTEXT_NOT_AN_OBJECT',
        message: 'the content of "~/.cdk.json" is an array instead of an object',
        location: '~/.cdk.json',
        fix: 'write an object with a value for each context key',
      },
      {
        code: 'FILE_UNPARSABLE',
        message: '"cdk.context.json" does not parse: expected double-quoted property name',
        location: 'cdk.context.json:3:1',
        fix: 'mend the syntax at cdk.context.json:3:1',
      },
      {
        code: 'CONTEXT_NOT_AN_OBJECT',
        message: 'the key "context" of "cdk.json" is an array instead of an object',
        location: 'cdk.json',
        fix: 'write an object with a value for each context key',
      },
    ]);
  }
});
