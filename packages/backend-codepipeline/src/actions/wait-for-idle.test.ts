import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan, type Template } from '../fixture/render.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';
import { waitForIdleCommand } from './wait-for-idle.ts';

let tools: string;
beforeEach(() => {
  tools = mkdtempSync(join(tmpdir(), 'cdkpipe-idle-'));
});
afterEach(() => rmSync(tools, { recursive: true, force: true }));
afterEach(removeRendered);

const run = (status: string, id = 'e-1') => ({ pipelineExecutionId: id, status });
const stage = (stageName: string, more: object = {}) => ({ stageName, ...more });
const own = stage('UpdatePipeline', { latestExecution: run('InProgress', 'own') });
const pipeline = (...later: object[]) => ({
  stageStates: [stage('Source', { latestExecution: run('InProgress', 'newer') }), stage('Build'), own, ...later],
});
const busy = pipeline(stage('Beta', { latestExecution: run('InProgress') }), stage('Prod'));
const idle = pipeline(stage('Beta', { latestExecution: run('Succeeded') }), stage('Prod'));

/** Runs the command with an `aws` that gives one answer after another, the last for ever; text is an error of it. */
function wait(answers: readonly (object | string)[], minutes = 1, minute = 60_000) {
  for (const [index, answer] of answers.entries())
    writeFileSync(
      join(tools, `answer${index + 1}`),
      typeof answer === 'string' ? `!${answer}` : JSON.stringify(answer),
    );
  const aws = [
    '#!/bin/sh',
    'echo "$* $AWS_RETRY_MODE" >> "$TOOLS/calls"',
    'n=$(wc -l < "$TOOLS/calls"); n=$((n))',
    `[ "$n" -gt ${answers.length} ] && n=${answers.length}`,
    'case "$(head -c 1 "$TOOLS/answer$n")" in "!") tail -c +2 "$TOOLS/answer$n" >&2; exit 254;; esac',
    'cat "$TOOLS/answer$n"',
  ];
  writeFileSync(join(tools, 'aws'), aws.join('\n'));
  chmodSync(join(tools, 'aws'), 0o755);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${waitForIdleCommand(5, minute)} && echo deployed`], {
    env: {
      PATH: `${tools}:${process.env.PATH}`,
      TOOLS: tools,
      CDKPIPE_PIPELINE: 'orders',
      CDKPIPE_REGION: 'eu-west-1',
      CDKPIPE_STAGE: 'UpdatePipeline',
      CDKPIPE_WAIT: String(minutes),
    },
    encoding: 'utf8',
    cwd: tools,
  });
  return { status, stdout, stderr, calls: readFileSync(join(tools, 'calls'), 'utf8').trim().split('\n') };
}

describe('an update that waits for idle stages', () => {
  it('begins at once where no run is in a later stage, and asks about this pipeline only', () => {
    const { status, stdout, calls } = wait([idle]);
    expect([status, stdout]).toEqual([0, 'deployed\n']);
    expect(calls).toEqual(['codepipeline get-pipeline-state --name orders --region eu-west-1 --output json adaptive']);
  });

  it('begins when the runs in later stages have ended, whatever runs in its own stage and before it', () => {
    const { status, stdout, calls } = wait([busy, busy, idle]);
    expect([status, calls.length]).toEqual([0, 3]);
    expect(stdout).toBe('cdkpipe: waits for at most 1 minutes: the run e-1 is in the stage Beta\ndeployed\n');
  });

  it.each<[string, object]>([
    ['stops', stage('Prod', { latestExecution: run('Stopping') })],
    ['has a status that nobody knows', stage('Prod', { latestExecution: run('Paused') })],
    ['waits to enter a stage', stage('Prod', { inboundExecution: run('InProgress') })],
    ['waits in a queue', stage('Prod', { inboundExecutions: [run('InProgress')] })],
  ])('waits for a run that %s', (_, later) => {
    expect(wait([pipeline(stage('Beta'), later), idle]).calls).toHaveLength(2);
  });

  it.each(['Cancelled', 'Failed', 'Skipped', 'Stopped', 'Succeeded'])(
    'does not wait for a run that is %s',
    (status) => {
      const { calls, status: code } = wait([pipeline(stage('Beta', { latestExecution: run(status) }))]);
      expect([code, calls.length]).toEqual([0, 1]);
    },
  );

  it('fails at its bound before anything is deployed, and says what to do', () => {
    const { status, stdout, stderr } = wait([busy], 30, 10);
    expect(status).toBe(1);
    expect(stdout).not.toContain('deployed');
    expect(stderr).toBe(
      'cdkpipe: after 30 minutes the run e-1 is in the stage Beta. Nothing was updated, as an update of the pipeline cancels the runs in later stages. Let them end or stop them, then retry the stage UpdatePipeline, or raise backends.codepipeline.update.waitForIdle. See https://github.com/cdkpipe/cdkpipe/blob/main/docs/when-a-run-fails.md\n',
    );
  });

  it('asks again after a failed call, and never takes silence for idleness', () => {
    expect(wait(['Rate exceeded', 'Rate exceeded', idle])).toMatchObject({ status: 0, calls: { length: 3 } });
    const { status, stdout, stderr } = wait(['AccessDenied'], 20, 10);
    expect([status, stdout.includes('deployed')]).toEqual([1, false]);
    expect(stderr).toContain('after 20 minutes CodePipeline did not say which runs there are: Command failed');
    expect(wait([{ stageStates: [stage('Source')] }], 20, 10).stderr).toContain('there is no stage UpdatePipeline');
  });
});

describe('the option update.waitForIdle', () => {
  const updating = (options: object) => renderPlan(planOf(), { options });
  const projectOf = (template: Template) =>
    Object.values<Template>(template.Resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::CodeBuild::Project' && Properties.Description === 'Updates the pipeline orders',
    )?.Properties;

  it('gives the project the command, the time and the one permission', async () => {
    const result = await updating({ update: { waitForIdle: 90 }, codeBuildDefaults: { selfUpdate: { timeout: 30 } } });
    const { Source, TimeoutInMinutes, Environment } = projectOf(result.template());
    const commands: string[] = JSON.parse(Source.BuildSpec).phases.build.commands;
    const waits = commands.findIndex((each) => each.includes('get-pipeline-state'));
    expect(waits).toBeGreaterThanOrEqual(0);
    expect(commands.findIndex((each) => each.includes('cdk --app'))).toBeGreaterThan(waits);
    expect(TimeoutInMinutes).toBe(120);
    expect(Environment.EnvironmentVariables).toEqual(
      expect.arrayContaining([
        { Name: 'CDKPIPE_WAIT', Type: 'PLAINTEXT', Value: '90' },
        { Name: 'CDKPIPE_STAGE', Type: 'PLAINTEXT', Value: 'UpdatePipeline' },
      ]),
    );
    const templates = readdirSync(result.app.outdir).filter((file) => file.endsWith('.template.json'));
    const roles = templates.flatMap((file) => Object.values<Template>(JSON.parse(result.read(file)).Resources));
    const statements = roles
      .flatMap(({ Type, Properties }) => (Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []) : []))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => `${Action}`.includes('codepipeline:GetPipelineState'));
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['codepipeline:GetPipelineState'],
        Resource: ['arn:aws:codepipeline:eu-west-1:111111111111:orders'],
      },
    ]);
  });

  it('left out changes nothing', async () => {
    const text = JSON.stringify(projectOf((await updating({})).template()));
    expect(text).not.toMatch(/get-pipeline-state|CDKPIPE_WAIT/);
  });

  it('is refused where nothing is updated, and outside of its bounds', () => {
    const options = optionsSchema.parse({ selfUpdate: false, update: { waitForIdle: 5 } });
    expect(codepipeline.check(planOf({ selfUpdate: false }).plan, options)).toEqual([
      expect.objectContaining({ code: 'WAIT_WITHOUT_UPDATE', path: 'backends.codepipeline.update.waitForIdle' }),
    ]);
    for (const waitForIdle of [0, 0.5, 1_441, undefined])
      expect(optionsSchema.safeParse({ update: { waitForIdle } }).success).toBe(false);
  });
});
