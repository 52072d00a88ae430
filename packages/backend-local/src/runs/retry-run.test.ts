/** Runs that failed and run again from there, from the definition on. */
import { beforeAll, expect, test } from 'vitest';
import type { RunEvent } from '../journal/run-event.ts';
import { makeProject, type TestProject } from './project.test.fixture.ts';

/** Two stacks that are reviewed together, a check of people behind them, and one more deployment. */
const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => {
  const data = new Stack(stage, 'Data');
  new CfnTopic(data, 'Topic', {});
  const api = new Stack(stage, 'Api');
  new CfnTopic(api, 'Topic', {});
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
    wave('Beta', [deploy('Beta', { env, stacks: app, prepare: false, approvals: [manual('Look')] })]),
    wave('Prod', [deploy('Prod', { env: { ...env, region: 'us-east-1' }, stacks: app, changes: [manual('Review')] })]),
  ],
});
`;

const yes = { answers: [{ step: '*', decision: 'approve' as const }] };
const started = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'actionStarted' || event.type === 'questionAsked' ? [event.node] : []));
const sinceRetry = (events: readonly RunEvent[]) =>
  events.slice(events.findIndex(({ type }) => type === 'runRetried') + 1);

let project: TestProject;
beforeAll(async () => {
  project = makeProject(definition);
  await project.synthesize();
});

test('what failed runs again, then what it held back, and nothing else', async () => {
  const first = await project.run({ ...yes, faults: ['Beta/Api:execute'] });
  expect(first.end).toBe('failed');
  const again = await project.run({ ...yes, resume: first.run, retry: true });
  expect(again.end).toBe('succeeded');
  expect(again.run).toBe(first.run);
  expect(started(sinceRetry(again.events))).toEqual([
    'Beta/Api:execute',
    'Beta/Look',
    'Prod:publish/222222222222/us-east-1',
    'Prod/Data:prepare',
    'Prod/Api:prepare',
    'Prod/Review',
    'Prod/Data:execute',
    'Prod/Api:execute',
  ]);
});

test('a change set that failed is made anew, and its review asks again', async () => {
  const first = await project.run({ ...yes, faults: ['Prod/Api:execute'] });
  expect(first.end).toBe('failed');
  const unasked = await project.run({ resume: 'latest', retry: true });
  expect(unasked.end).toBe('waiting');
  expect(started(sinceRetry(unasked.events))).toEqual(['Prod/Data:prepare', 'Prod/Api:prepare', 'Prod/Review']);
  const last = await project.run({ ...yes, resume: first.run });
  expect(last.end).toBe('succeeded');
});

test('a decision of a person stands, and a run that has succeeded has nothing to retry', async () => {
  const rejected = await project.run({ answers: [{ step: 'Beta/Look', decision: 'reject', comment: 'no' }] });
  expect(rejected.end).toBe('rejected');
  await expect(project.run({ ...yes, resume: rejected.run, retry: true })).rejects.toMatchObject({
    code: 'RETRY_OF_DECISION',
  });
  const done = await project.run(yes);
  await expect(project.run({ resume: done.run, retry: true })).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
  const waiting = await project.run();
  await expect(project.run({ resume: waiting.run, retry: true })).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
  expect((await project.run({ ...yes, resume: waiting.run })).end).toBe('succeeded');
});

test('after a rollback, a run is not retried', async () => {
  const { run } = await project.run({ ...yes, faults: ['Prod/Api:execute'] });
  await project.rollBack(run);
  await expect(project.run({ ...yes, resume: run, retry: true })).rejects.toMatchObject({
    code: 'RETRY_AFTER_ROLLBACK',
  });
});

test('a run that failed before another has lost its files', async () => {
  const older = await project.run({ ...yes, faults: ['Beta/Api:execute'] });
  await project.run({ ...yes, faults: ['Beta/Api:execute'] });
  await expect(project.run({ ...yes, resume: older.run, retry: true })).rejects.toMatchObject({
    code: 'RUN_FILES_REMOVED',
  });
});
