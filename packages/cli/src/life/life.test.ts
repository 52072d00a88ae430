/** The life of pipelines, evaluated: each call that AWS makes is allowed by what is deployed when it is made. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDefinitions } from './definitions/builds.test.fixture.ts';
import { gateDefinitions } from './definitions/gates.test.fixture.ts';
import { sourceDefinitions } from './definitions/sources.test.fixture.ts';
import { forbiddenForArtifacts } from './forbidden/artifacts.test.fixture.ts';
import { callsThatAre } from './forbidden/forbidden-call.test.fixture.ts';
import { forbiddenForRoles } from './forbidden/roles.test.fixture.ts';
import { forbiddenForWork } from './forbidden/work.test.fixture.ts';
import { liveOf, type WalkedLife, walk } from './lives.test.fixture.ts';
import { unusedStatements } from './walk/unused.test.fixture.ts';

const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-life-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const example = resolve(import.meta.dirname, '../../../../examples/orders');
const definitions = { ...buildDefinitions, ...sourceDefinitions, ...gateDefinitions };
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
