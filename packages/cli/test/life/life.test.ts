/** The life of pipelines, evaluated: each call that AWS makes is allowed by what is deployed when it is made. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { codepipeline } from '@cdkpipe/backend-codepipeline';
import bake from '@cdkpipe/plugin-bake-approval';
import codebuild from '@cdkpipe/plugin-codebuild-approval';
import lambda from '@cdkpipe/plugin-lambda-approval';
import manual from '@cdkpipe/plugin-manual-approval';
import security from '@cdkpipe/plugin-security-approval';
import window from '@cdkpipe/plugin-window-approval';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { buildDefinitions } from './definitions/builds.test.fixture.ts';
import { gateDefinitions } from './definitions/gates.test.fixture.ts';
import { optionsOfKind, unusedInDefinitions, unusedInSchema } from './definitions/options.test.fixture.ts';
import { sourceDefinitions } from './definitions/sources.test.fixture.ts';
import { forbiddenForArtifacts } from './forbidden/artifacts.test.fixture.ts';
import { callsThatAre } from './forbidden/forbidden-call.test.fixture.ts';
import { forbiddenForRoles } from './forbidden/roles.test.fixture.ts';
import { forbiddenForWork } from './forbidden/work.test.fixture.ts';
import { liveOf, type WalkedLife, walk } from './lives.test.fixture.ts';
import { needlessStatements } from './walk/needless.test.fixture.ts';
import { unusedStatements } from './walk/unused.test.fixture.ts';

const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-life-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const example = resolve(import.meta.dirname, '../../../../examples/orders');
const definitions = { ...buildDefinitions, ...sourceDefinitions, ...gateDefinitions };
const plugins = [bake, codebuild, lambda, manual, security, window];
const names = ['example', ...Object.keys(definitions)];
const lives = new Map<string, WalkedLife>();

beforeAll(async () => {
  lives.set('example', await walk('example', example, join(scratch, 'example')));
  for (const [name, text] of Object.entries(definitions)) lives.set(name, await liveOf(name, text));
});

const lifeOf = (name: string): WalkedLife => {
  const life = lives.get(name);
  if (!life) throw new Error(`${name} was not walked`);
  return life;
};

describe.each(names)('the pipeline %s', (name) => {
  test('is allowed each call of its life', () => {
    const { findings } = lifeOf(name);
    expect(findings.asked).toBeGreaterThan(50);
    expect([...findings.denied]).toEqual([]);
  });

  test('is allowed nothing that its life does not need', () => {
    const { cloud, findings, ownStacks } = lifeOf(name);
    expect(unusedStatements(cloud, findings, (stack) => ownStacks.has(stack))).toEqual([]);
  });
});

describe('the definitions together', () => {
  const written = () =>
    Object.keys(definitions).map((name) => JSON.parse(readFileSync(join(lifeOf(name).cwd, 'definition.json'), 'utf8')));
  const schemaOf = ({ options }: { readonly options?: unknown }) =>
    (options as z.ZodType).toJSONSchema({ unrepresentable: 'any', io: 'input' });

  test('use every option of a definition', () => {
    expect(Object.keys(definitions)).toHaveLength(12);
    expect(unusedInDefinitions(written())).toEqual([]);
  });

  test('use every option of the backend', () => {
    const used = written().flatMap(({ backends }) => backends?.codepipeline ?? []);
    expect(unusedInSchema(schemaOf(codepipeline), used, written())).toEqual([]);
  });

  test.each(plugins.flatMap(({ kinds = [] }) => kinds))('use every option of $name', (kind) => {
    const unused = unusedInSchema(schemaOf(kind), optionsOfKind(kind.name, written()), written());
    // Quorums are of this machine alone.
    expect(unused.filter((path) => !path.startsWith('approvers'))).toEqual([]);
  });
});

describe.each(['example', 'everywhere', 'everyGate', 'alone'])('the pipeline %s', (name) => {
  test('would miss each of its statements', () => {
    const { cloud, findings, ownStacks } = lifeOf(name);
    const needless = needlessStatements(cloud, findings, (stack) => ownStacks.has(stack));
    // The CDK's own deploy roles may use keys through S3 anyway; those of a bootstrap stack of one's own need not.
    expect(needless.filter((each) => !/ArtifactsKey: .*:role\/cdk-hnb659fds-deploy-role-/.test(each))).toEqual([]);
  });
});

const forbidden = [...forbiddenForArtifacts, ...forbiddenForWork, ...forbiddenForRoles];

describe('in no pipeline', () => {
  test.each(forbidden)('$says', (row) => {
    let asked = 0;
    const allowed = [...lives.values()].flatMap(({ name, cloud, world }) => {
      const calls = callsThatAre(row, world);
      asked += calls.length;
      return calls.filter((call) => cloud.ask(call).allowed).map((call) => ({ name, ...call }));
    });
    expect(allowed).toEqual([]);
    // A row that no definition has anything for would show nothing.
    expect(asked).toBeGreaterThan(0);
  });

  test('anything of at least sixty kinds is allowed', () => {
    expect(forbidden.length).toBeGreaterThanOrEqual(60);
    expect(new Set(forbidden.map(({ says }) => says)).size).toBe(forbidden.length);
  });
});
