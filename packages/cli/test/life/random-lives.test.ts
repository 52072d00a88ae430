/** The life of random pipelines, evaluated as that of the written ones is. */

import { isCdkpipeError } from '@cdkpipe/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { definitionText, randomDefinition } from '../random/random-definition.test.fixture.ts';
import { wideDefinition, wideProject } from '../random/random-wide-definition.test.fixture.ts';
import { forbiddenForArtifacts } from './forbidden/artifacts.test.fixture.ts';
import { callsThatAre } from './forbidden/forbidden-call.test.fixture.ts';
import { forbiddenForRoles } from './forbidden/roles.test.fixture.ts';
import { forbiddenForWork } from './forbidden/work.test.fixture.ts';
import { type WalkedLife, walk } from './lives.test.fixture.ts';
import { unusedStatements } from './walk/unused.test.fixture.ts';

const forbidden = [...forbiddenForArtifacts, ...forbiddenForWork, ...forbiddenForRoles];
const seed = Number(process.env.CDKPIPE_RANDOM_SEED ?? 1);

/** Undefined where names would meet, or where a deployment is larger than a stage. */
async function tryToWalk(files: Readonly<Record<string, string>>): Promise<WalkedLife | undefined> {
  const refusals = ['ACTION_NAME_TAKEN', 'ROLLBACK_SPLIT', 'LIMIT_EXCEEDED'];
  try {
    return await walk('random', makeDirectory(files));
  } catch (error) {
    if (isCdkpipeError(error) && error.problems.every(({ code }) => refusals.includes(code))) return undefined;
    throw error;
  }
}

function expectLife({ cloud, findings, ownStacks, world }: WalkedLife): void {
  expect([...findings.denied]).toEqual([]);
  expect(unusedStatements(cloud, findings, (stack) => ownStacks.has(stack))).toEqual([]);
  const allowed = forbidden.flatMap((row) =>
    callsThatAre(row, world)
      // Large pipelines have thousands of pairs; a sample of each row is enough here.
      .slice(0, 20)
      .filter((call) => cloud.ask(call).allowed)
      .map((call) => [row.says, call]),
  );
  expect(allowed).toEqual([]);
}

test.each([
  [
    'of moderate size',
    fc.sample(randomDefinition, { numRuns: 4, seed }).map((shape) => ({ 'cdkpipe.config.ts': definitionText(shape) })),
  ],
  ['with every kind, place, mode and size', fc.sample(wideDefinition, { numRuns: 3, seed }).map(wideProject)],
])('random pipelines %s are allowed what their life needs, and nothing else', async (_, projects) => {
  let walked = 0;
  for (const files of projects) {
    const life = await tryToWalk(files);
    if (!life) continue;
    walked += 1;
    expectLife(life);
  }
  expect(walked).toBeGreaterThan(0);
});
