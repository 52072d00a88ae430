/** A disk without room is no verdict on the action that meets it; and a run goes on the way it began. */
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from './project.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [wave('Beta', [deploy('Beta', {
    env: { account: '222222222222', region: 'eu-west-1' },
    stacks: app,
    approvals: [codebuild('Smoke', { commands: ['for i in 1 2 3; do echo $i; sleep 0.05; done'] })],
  })])],
});
`;

test.skipIf(!existsSync('/dev/full'))(
  'a run whose log has no room stops, and what wrote it is cut in the middle, not failed',
  async () => {
    const project = makeProject(definition);
    await project.synthesize();
    let run = '';
    let log = '';
    const types: string[] = [];
    const stopped = project.run({
      observe: (news) => {
        if (news.type === 'run') run = news.run;
        if (news.type !== 'record') return;
        const { event } = news.record;
        types.push(event.type);
        if (event.type !== 'actionStarted' || event.node !== 'Beta/Smoke') return;
        const logs = join(project.directory, '.cdkpipe/runs', run, 'logs');
        log = join(logs, 'Beta%2FSmoke.log');
        mkdirSync(logs, { recursive: true });
        symlinkSync('/dev/full', log);
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'STORE_FULL', source: 'user' });
    expect(types.at(-1)).toBe('actionStarted');

    rmSync(log);
    const asked = await project.run({ resume: run });
    expect(asked.events).toContainEqual(
      expect.objectContaining({ type: 'questionAsked', question: expect.objectContaining({ about: 'retry' }) }),
    );
    expect(asked.end).toBe('waiting');
    const rest = await project.run({ resume: run, answers: [{ step: '*', decision: 'approve' }] });
    expect(rest.end).toBe('waiting');
    const gone = await project.run({ resume: run, answers: [{ step: 'Beta/Smoke', decision: 'approve' }] });
    expect(gone.lines).toContain('Beta/Smoke 3');
    expect(gone.end).toBe('succeeded');
  },
);

test('an answer to a step that asks nobody is told of, as it decides nothing', async () => {
  const project = makeProject(definition);
  await project.synthesize();
  const { end, lines } = await project.run({ answers: [{ step: 'Beta/Smoke', decision: 'reject' }] });
  expect(end).toBe('succeeded');
  expect(lines.filter((line) => line.includes('--reject Beta/Smoke decides nothing'))).toHaveLength(1);
});

test('a run that began with its build does not go on without it', async () => {
  const project = makeProject(definition);
  await project.synthesize();
  const stop = AbortSignal.abort();
  const { run, end } = await project.run({ skipBuild: false, stop });
  expect(end).toBe('interrupted');
  await expect(project.run({ resume: run, skipBuild: true })).rejects.toMatchObject({ code: 'RUN_WITH_BUILD' });
});
