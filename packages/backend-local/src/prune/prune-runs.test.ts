/** What runs leave on the disk: real projects, run in this process. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeProject, type TestProject } from '../runs/project.test.fixture.ts';
import { openRunStore } from '../store/run-store.ts';
import { type PruneRequest, pruneRuns } from './prune-runs.ts';

const definition = (local = '') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const stacks = (stage) => void new CfnTopic(new Stack(stage, 'Data'), 'Topic');
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['mkdir -p node_modules && echo 1 > node_modules/large', 'cp -r prebuilt cdk.out'] }),
  waves: [wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks, approvals: [manual('Done')] })])],
  ${local}
});
`;

let project: TestProject;
const approved = { skipBuild: false, answers: [{ step: '*', decision: 'approve' as const }] };
const failing = { ...approved, faults: ['Beta/Data:execute'] };

beforeEach(async () => {
  project = makeProject(definition());
  await project.synthesize();
  // What the build of a run copies, so that it need not synthesise.
  cpSync(join(project.directory, 'cdk.out'), join(project.directory, 'prebuilt'), { recursive: true });
});

const directoryOf = (run = '') => join(project.directory, '.cdkpipe/runs', run);
const filesOf = (run: string) => readdirSync(directoryOf(run)).toSorted();

async function prune(change: Partial<PruneRequest> = {}) {
  const store = openRunStore(join(project.directory, '.cdkpipe'));
  try {
    return await pruneRuns({ store, real: false, keepFailed: false, measure: true, ...change });
  } finally {
    store.close();
  }
}

describe('a run that has succeeded', () => {
  test('leaves its logs, the sealed assembly and what stood before, and can be rolled back', async () => {
    const { run, end } = await project.run(approved);
    expect(end).toBe('succeeded');
    expect(filesOf(run)).toEqual(['before', 'logs', 'seal.json', 'sealed']);
    const second = await project.run(approved);
    expect(await project.rollBack(second.run)).toMatchObject({ end: 'complete' });
  });

  test('takes the working directories of the failure before it along', async () => {
    const failed = await project.run(failing);
    expect(filesOf(failed.run)).toEqual(expect.arrayContaining(['build', 'source']));
    await project.run(approved);
    expect(filesOf(failed.run)).toEqual(['logs', 'seal.json', 'sealed']);
  });
});

test('a run that waits keeps everything, and goes on after other runs have ended', async () => {
  const { run, end } = await project.run({ skipBuild: false });
  expect(end).toBe('waiting');
  const before = filesOf(run);
  expect(before).toEqual(expect.arrayContaining(['build', 'source']));
  await project.run(approved);
  await prune({ keep: 0 });
  expect(filesOf(run)).toEqual(before);
  expect((await project.run({ ...approved, resume: run })).end).toBe('succeeded');
});

describe('`backends.local.keep`', () => {
  test('says how many rehearsals stay; the end of a run says what was removed', async () => {
    project.define(definition('backends: { local: { keep: 2 } },'));
    const runs = [await project.run(failing), await project.run(approved), await project.run(approved)];
    expect(runs.map(({ lines }) => lines.filter((line) => line.startsWith('removed')))).toEqual([
      [],
      [],
      ['removed an old rehearsal: the newest 2 are kept (backends.local.keep)'],
    ]);
    expect(readdirSync(directoryOf()).toSorted()).toEqual(
      runs
        .slice(1)
        .map(({ run }) => run)
        .toSorted(),
    );
  });

  test('removes the run that was begun first, not one whose clock was set back', async () => {
    project.define(definition('backends: { local: { keep: 1 } },'));
    const first = await project.run(approved);
    const second = await project.run({ ...approved, at: new Date('2020-01-01T00:00:00Z') });
    expect(existsSync(directoryOf(first.run))).toBe(false);
    expect(existsSync(directoryOf(second.run))).toBe(true);
  });
});

describe('pruning', () => {
  test('only says what it would do, and then does it, with the bytes that are free again', async () => {
    const failed = await project.run(failing);
    await project.run(approved);
    writeFileSync(join(directoryOf(failed.run), 'logs/large.log'), 'x'.repeat(1_000_000));
    const plan = await prune({ keep: 1, dryRun: true });
    expect(plan.removed.map(({ id }) => id)).toEqual([failed.run]);
    expect(plan.removed[0]?.bytes).toBeGreaterThan(1_000_000);
    expect(existsSync(directoryOf(failed.run))).toBe(true);
    expect(await prune({ keep: 1 })).toEqual(plan);
    expect(existsSync(directoryOf(failed.run))).toBe(false);
    expect((await prune({ keep: 1 })).removed).toEqual([]);
  });

  test('without a rule removes no run, only the working directories that are left', async () => {
    const failed = await project.run(failing);
    const { removed, cleared } = await prune();
    expect([removed, cleared.map(({ id }) => id)]).toEqual([[], [failed.run]]);
    expect(filesOf(failed.run)).toEqual(['logs', 'seal.json', 'sealed']);
    expect((await prune()).cleared).toEqual([]);
  });

  test('removes what an interrupted removal has left behind, and directories that nobody may write', async () => {
    await project.run(approved);
    const orphan = directoryOf('20250101-000000-0000');
    mkdirSync(join(orphan, 'build/locked'), { recursive: true });
    writeFileSync(join(orphan, 'build/locked/file'), '');
    chmodSync(join(orphan, 'build/locked'), 0o500);
    const { orphans, problems } = await prune();
    expect([orphans.map(({ directory }) => directory), problems]).toEqual([[orphan], []]);
    expect(existsSync(orphan)).toBe(false);
  });
});
