/** Rollbacks of whole runs, from the definition to the templates that count as deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../journal/run-event.ts';
import { makeProject, type TestProject } from './project.test.fixture.ts';
import type { RunNews } from './run-pipeline.ts';

/** Two stacks of which the second needs the first, in two deployments of a wave, with a gate behind each. */
const definition = (topic: string, wave = '') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => {
  const data = new Stack(stage, 'Data');
  new CfnTopic(data, 'Topic', { topicName: '${topic}' });
  const api = new Stack(stage, 'Api');
  new CfnTopic(api, 'Topic', { topicName: 'api-${topic}' });
  api.addStackDependency(data);
};
const env = { account: '222222222222', region: 'eu-west-1' };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [
    wave('Prod', [
      deploy('Eu', { env, stacks: app, approvals: [manual('EuDone')] }),
      deploy('Us', { env: { ...env, region: 'us-east-1' }, stacks: app, approvals: [manual('UsDone')] }),
    ]${wave}),
  ],
});
`;

const yes = { answers: [{ step: '*', decision: 'approve' as const }] };
const standing = ({ directory }: TestProject, stack: string) =>
  readFileSync(join(directory, '.cdkpipe/rehearsed/shop', `${stack}.template.json`), 'utf8');
const wentBack = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'stackRollbackEnded' ? [[event.stack, event.outcome]] : []));

let project: TestProject;
beforeAll(async () => {
  project = makeProject(definition('one'));
  await project.synthesize();
  expect((await project.run(yes)).end).toBe('succeeded');
  project.define(definition('two', ", { rollback: 'auto' }"));
  await project.synthesize();
});

describe('a wave with rollback', () => {
  test('stands as it did before the run when an approval behind it is rejected', async () => {
    const answers = [{ step: 'Eu/EuDone', decision: 'reject' as const, comment: 'no' }, ...yes.answers];
    const { run, end, events, lines } = await project.run({ answers });
    expect(end).toBe('rejected');
    expect(wentBack(events).toSorted()).toEqual(
      ['Eu/Api', 'Eu/Data', 'Us/Api', 'Us/Data'].map((stack) => [stack, 'restored']),
    );
    for (const stack of ['Eu/Data', 'Us/Api']) expect(standing(project, stack)).toContain('one');
    const order = wentBack(events).map(([stack]) => stack);
    expect(order.indexOf('Eu/Api')).toBeLessThan(order.indexOf('Eu/Data'));
    expect(events.at(-1)).toMatchObject({ reason: 'Eu/EuDone: rejected by ada: no; rolled back Eu, Us' });
    expect(lines).toEqual([]);
    await expect(project.rollBack(run)).rejects.toMatchObject({
      code: 'NOTHING_TO_ROLL_BACK',
      message: expect.stringContaining('the run itself has taken it back at'),
    });
  });

  test('says what could not go back, and tries that again when it is asked to', async () => {
    const faults = ['Us/Api:rollback', 'Eu/EuDone'];
    const { run, events } = await project.run({ ...yes, faults });
    expect(wentBack(events).toSorted()).toEqual([
      ['Eu/Api', 'restored'],
      ['Eu/Data', 'restored'],
      ['Us/Api', 'failed'],
      ['Us/Data', 'left'],
    ]);
    expect(standing(project, 'Us/Data')).toContain('two');
    const { end, rollback } = await project.rollBack(run);
    expect([end, rollback?.stacks]).toEqual(['complete', ['Us/Api', 'Us/Data']]);
    expect(standing(project, 'Us/Data')).toContain('one');
  });
});

describe('cdkpipe rollback', () => {
  test('takes one deployment back, then the rest, then says that there is nothing left', async () => {
    const { run } = await project.run(yes);
    const seen: unknown[] = [];
    const first = await project.rollBack(run, {
      deployments: ['Us'],
      reason: 'orders are lost',
      confirm: async ({ mode, stacks }) => void seen.push(mode, stacks),
    });
    expect(seen).toEqual([
      'rehearsal',
      [
        { stack: 'Us/Api', stackName: 'Us-Api', env: { account: '222222222222', region: 'us-east-1' } },
        { stack: 'Us/Data', stackName: 'Us-Data', env: { account: '222222222222', region: 'us-east-1' } },
      ],
    ]);
    expect(first).toMatchObject({ end: 'complete', rollback: { trigger: 'command', by: { user: 'ada' } } });
    expect([standing(project, 'Us/Api'), standing(project, 'Eu/Api')]).toEqual([
      expect.stringContaining('api-one'),
      expect.stringContaining('api-two'),
    ]);
    expect((await project.rollBack(run)).rollback?.stacks).toEqual(['Eu/Api', 'Eu/Data']);
    await expect(project.rollBack(run)).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' });
  });

  test('changes and writes nothing where it is not confirmed', async () => {
    const { run, records } = await project.run(yes);
    const no = project.rollBack(run, { confirm: async () => Promise.reject(new Error('no')) });
    await expect(no).rejects.toThrow('no');
    expect(standing(project, 'Eu/Api')).toContain('api-two');
    const written: number[] = [];
    await project.rollBack(run, { observe: (news) => news.type === 'record' && written.push(news.record.seq) });
    expect(written[0]).toBe(records.length + 1);
  });

  test('ends a run that waits, and goes on where it was interrupted itself', async () => {
    const { run, end } = await project.run();
    expect(end).toBe('waiting');
    const stop = new AbortController();
    const observe = (news: RunNews) =>
      news.type === 'record' && news.record.event.type === 'stackRollbackStarted' && stop.abort();
    const first = await project.rollBack(run, { stop: stop.signal, observe, concurrency: 1 });
    expect([first.end, first.rollback?.begun.map(({ stack }) => stack)]).toEqual(['interrupted', ['Us/Api']]);
    await expect(project.run({ resume: run })).rejects.toMatchObject({ code: 'RUN_ENDED' });
    expect((await project.rollBack(run)).end).toBe('complete');
    expect(standing(project, 'Eu/Api')).toContain('api-one');
  });

  test.each([
    ['RUN_UNKNOWN', 'nothing', {}],
    ['DEPLOYMENT_UNKNOWN', undefined, { deployments: ['Uss'] }],
  ])('is refused with %s', async (code, other, change) => {
    const { run } = await project.run();
    await expect(project.rollBack(other ?? run, change)).rejects.toMatchObject({ code });
  });

  test('is refused for a definition that is not that of the run, unless that is accepted', async () => {
    const { run } = await project.run(yes);
    project.define(definition('two', ''));
    await expect(project.rollBack(run)).rejects.toMatchObject({ code: 'DEFINITION_CHANGED' });
    expect((await project.rollBack(run, { acceptChange: true })).end).toBe('complete');
    project.define(definition('two', ", { rollback: 'auto' }"));
  });
});
