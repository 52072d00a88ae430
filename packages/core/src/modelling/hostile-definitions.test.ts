/** Nothing hostile is accepted, hangs or crashes: each is refused as its author's fault, with a place and a fix. */
import { expect, test } from 'vitest';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import { parseYaml } from '../loading/parse-yaml.ts';
import { copyPlainData } from '../shape/plain-data.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { registry } from './definition.test.fixture.ts';
import { hostileBase, hostileDefinitions, withValue } from './hostile-definitions.test.fixture.ts';
import { modelPipeline } from './model-pipeline.ts';

const judge = async (value: unknown) =>
  modelPipeline(shapeDefinition(copyPlainData(value, { kept: ['plugins'] })), registry).then(
    () => ['accepted'],
    faultsOf,
  );
const read = async (value: unknown) => {
  try {
    return await judge(value);
  } catch (error) {
    return faultsOf(error);
  }
};

function faultsOf(error: unknown): string[] {
  if (!isCdkpipeError(error) || error.source !== 'user') throw error;
  for (const problem of error.problems) expect(problem.fix).toBeTruthy();
  return error.problems.map(({ code }) => code);
}

test('what they all begin with is accepted', async () => {
  expect(await read(hostileBase)).toEqual(['accepted']);
  expect(hostileDefinitions.length).toBeGreaterThanOrEqual(300);
});

test.each(hostileDefinitions)(
  '$title is refused with $code',
  async ({ value, code }) => {
    expect(await read(value)).toContain(code);
  },
  30_000,
);

test('10,000 waves are refused within two seconds', async () => {
  const waves = Array.from({ length: 10_000 }, (_, index) => ({ ...hostileBase.waves[0], name: `W${index}` }));
  const began = performance.now();
  expect(await read(withValue(['waves'], waves))).toEqual(['PIPELINE_TOO_LARGE']);
  expect(performance.now() - began).toBeLessThan(2000);
});

test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('%s is a name like any other', async (name) => {
  const step = { kind: 'check', name, options: { command: 'true', env: { [name]: 'x' } } };
  const deployment = { ...hostileBase.waves[0]?.deployments[0], name, approvals: [step] };
  const value = { ...hostileBase, waves: [{ name, deployments: [deployment] }] };
  expect(await read(withValue(['build', 'env'], { [name]: 'x' }, value))).toEqual(['accepted']);
});

test.each([
  ['an object', { toString: 'I' }],
  ['a list', [{ toString: 'I' }]],
])('a length that is %s is refused wherever a text is expected', async (_, length) => {
  const place = (path: (string | number)[]) => read(withValue(path, { length }));
  expect(await place(['waves', 0, 'deployments', 0, 'assembly'])).toContain('VALUE_INVALID');
  expect(await place(['name'])).toContain('NAME_INVALID');
  expect(await place(['build', 'commands'])).toContain('VALUE_INVALID');
  const step = { kind: 'check', name: 'Check', options: { command: { length } } };
  expect(await read(withValue(['waves', 0, 'deployments', 0, 'approvals'], [step]))).toContain('OPTIONS_INVALID');
});

test('aliases of YAML that multiply are refused', async () => {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
  const parsed = await parseYaml(`l0: &l0 [lol]\n${levels.join('\n')}\n`);
  expect(await read('value' in parsed ? parsed.value : undefined)).toEqual(['DEFINITION_TOO_LARGE']);
});

test('YAML and JSON of a million levels do not exhaust the stack', async () => {
  expect(await parseYaml('['.repeat(1e6))).toMatchObject({ reason: expect.any(String) });
});

test.each(['main', 'feature/one.two', 'release-1.0', 'a@b', 'locked', 'a.lockfile'])(
  'the branch %s is one like any other',
  async (branch) => {
    const source = { type: 'codeCommit', repository: 'orders', branch };
    expect(await read(withValue(['source'], source))).toEqual(['accepted']);
  },
);

test('a comment beside a command is a command like any other', async () => {
  expect(await read(withValue(['build', 'commands'], ['# all of it', 'npx cdkpipe synth']))).toEqual(['accepted']);
});

test.each(['*', 'arn:aws:s3:::team/*', 'arn:*', 'arn:aws:iam::111111111111:role/a', 'arn:aws:sns:*:*:*'])(
  'rights may be on %s, with conditions',
  async (resource) => {
    const conditions = { 'ForAnyValue:StringLikeIfExists': { 'aws:x': 'a' }, Null: { 'aws:y': 'true' } };
    const rolePolicy = [{ effect: 'Allow', actions: ['s3:GetObject'], resources: [resource], conditions }];
    expect(await read(withValue(['build', 'rolePolicy'], rolePolicy))).toEqual(['accepted']);
  },
);
