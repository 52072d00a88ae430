/** Moves a real app of CDK Pipelines: its definition is written, synthesises, and has the same stacks. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const stageFile = `
import { CfnOutput, Names, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

interface OrdersProps extends StageProps {
  readonly size: string;
  readonly callback?: () => string;
}

export class OrdersStage extends Stage {
  readonly url: CfnOutput;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id, props);
    const data = new Stack(this, 'Data');
    new EventBus(data, 'Bus');
    new Bucket(data, 'Files', { bucketName: \`orders-\${Names.uniqueId(this).toLowerCase().slice(0, 30)}-\${props.size}\` });
    const api = new Stack(this, 'Api');
    this.url = new CfnOutput(api, 'Url', { value: props.callback?.() ?? 'https://orders.example.com' });
  }
}
`;

const account = (digit: number) => String(digit).repeat(12);

/** @param waves code that adds to \`pipeline\`, with \`prod(id)\` to make a stage */
const appFile = (waves: string) => `
import { App, Duration, Stack } from 'aws-cdk-lib';
import { BuildEnvironmentVariableType, ComputeType } from 'aws-cdk-lib/aws-codebuild';
import { ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { CodeBuildStep, CodePipeline, CodePipelineSource, ConfirmPermissionsBroadening, ManualApprovalStep, ShellStep, Step } from 'aws-cdk-lib/pipelines';
import { OrdersStage } from '../lib/orders-stage';

class PipelineStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const source = CodePipelineSource.connection('acme/orders', 'release', {
      connectionArn: 'arn:aws:codeconnections:eu-west-1:${account(1)}:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789',
    });
    const pipeline = new CodePipeline(this, 'Pipeline', {
      pipelineName: 'orders',
      crossAccountKeys: true,
      dockerEnabledForSynth: true,
      codeBuildDefaults: { timeout: Duration.minutes(30) },
      synth: new CodeBuildStep('Synth', {
        input: source,
        installCommands: ['npm i -g npm@10'],
        commands: ['npm ci', 'npx cdk synth'],
        buildEnvironment: { computeType: ComputeType.MEDIUM },
        env: { STAGE: 'all' },
      }),
    });
    const stage = (id, digit, props = {}) =>
      new OrdersStage(this, id, { env: { account: String(digit).repeat(12), region: 'eu-west-1' }, size: 'large', ...props });
${waves}
  }
}

const app = new App();
new PipelineStack(app, 'OrdersPipeline', { env: { account: '${account(1)}', region: 'eu-west-1' } });
app.synth();
`;

const wholePipeline = `
    const beta = stage('Beta', 2);
    pipeline.addStage(beta, {
      post: [
        new ShellStep('Smoke test', { input: source, commands: ['./smoke.sh "$URL"'], envFromCfnOutputs: { URL: beta.url } }),
        new CodeBuildStep('Load', {
          input: source,
          commands: ['./load.sh'],
          timeout: Duration.minutes(20),
          buildEnvironment: {
            environmentVariables: {
              TOKEN: { type: BuildEnvironmentVariableType.SECRETS_MANAGER, value: 'orders/token:key' },
            },
          },
        }),
      ],
    });
    const wave = pipeline.addWave('Production', { pre: [new ManualApprovalStep('Go', { comment: "It's on you" })] });
    const eu = stage('ProdEu', 3);
    const us = stage('ProdUs', 4);
    wave.addStage(eu, { pre: [new ConfirmPermissionsBroadening('Permissions', { stage: eu })] });
    wave.addStage(us, { pre: [new ConfirmPermissionsBroadening('Permissions', { stage: us })] });
`;

const cdkJson = JSON.stringify({ app: 'npx tsx bin/pipeline.ts', context: {} });
const tsconfig = JSON.stringify({
  compilerOptions: { target: 'ES2022', module: 'commonjs', moduleResolution: 'node' },
});

const makeApp = (waves: string, files: Readonly<Record<string, string>> = {}) =>
  makeDirectory({
    'cdk.json': cdkJson,
    'package.json': '{ "name": "orders", "private": true }',
    'tsconfig.json': tsconfig,
    'lib/orders-stage.ts': stageFile,
    'bin/pipeline.ts': appFile(waves),
    ...files,
  });

test('an app moves: its definition synthesises, every gate is there, and every stack is the same', async () => {
  const cwd = makeApp(wholePipeline);
  const { exitCode, stdout, stderr } = await runCdkpipe(['migrate', '--json'], { cwd });
  const report = JSON.parse(stdout);
  expect({ stderr, errors: report.errors, packages: report.packages }).toEqual({
    stderr: '',
    errors: [],
    packages: [],
  });
  expect(report.stacks.map(({ name, verdict }: Record<string, string>) => `${name} ${verdict}`).sort()).toEqual([
    'Beta-Api same',
    'Beta-Data same',
    'ProdEu-Api same',
    'ProdEu-Data same',
    'ProdUs-Api same',
    'ProdUs-Data same',
  ]);
  expect(report).toMatchObject({ complete: true, wasWritten: true, old: { deployments: 3, gates: 5 }, gates: 5 });
  expect(exitCode).toBe(0);
  const definition = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  await expect(definition).toMatchFileSnapshot('migrate.expected.ts.txt');
  const plan = JSON.parse((await runCdkpipe(['plan', '--json'], { cwd })).stdout);
  const gates = plan.stages.flatMap(({ actions }: { actions: { gate?: string }[] }) =>
    actions.flatMap(({ gate }) => gate ?? []),
  );
  expect([...new Set(gates)].sort()).toEqual(
    ['Beta/Load', 'Beta/Smoke-test', 'ProdEu/Permissions', 'ProdUs/Permissions', 'Production:before/Go'].sort(),
  );
}, 120_000);

test('what has no counterpart is listed with its place, gates first, and the command fails', async () => {
  const cwd = makeApp(`
    class Ticket extends Step {
      produceAction(stage, { actionName, runOrder }) {
        stage.addAction(new ManualApprovalAction({ actionName, runOrder }));
        return { runOrdersConsumed: 1 };
      }
    }
    pipeline.addStage(stage('Beta', 2, { callback: () => 'https://beta.example.com' }), { post: [new Ticket('Ticket')] });
  `);
  const { exitCode, stdout } = await runCdkpipe(['migrate'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout.split('\n')[0]).toContain('1 gate of the old pipeline could not be carried over');
  expect(stdout).toMatch(/the step Ticket is of the class Ticket.*\n.*in\s+bin\/pipeline\.ts:\d+/);
  expect(stdout).toContain('the prop callback of Beta is not plain data');
  expect(stdout).toMatch(/✖ Beta-Api {3}different.*\n.*change Outputs\.Url/);
  const definition = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  expect(definition).toMatch(/\/\/ - A GATE: the step Ticket/);
  expect(definition).toMatch(/\/\/ TODO: the gate Ticket \(Ticket\) is missing here: bin\/pipeline\.ts:\d+/);
}, 120_000);

test('an app that makes its stacks only with a context moves with --context, and its build gives it too', async () => {
  const cwd = makeApp(`
    if (this.node.tryGetContext('stage') !== 'prod') throw new Error('no stage');
    pipeline.addStage(stage('Beta', 2));`);
  expect(await runCdkpipe(['migrate'], { cwd })).toMatchObject({ exitCode: 2 });
  const { exitCode, stdout } = await runCdkpipe(['migrate', '--json', '--context', 'stage=prod'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ errors: [], stacks: [{ verdict: 'same' }, { verdict: 'same' }] });
  expect(exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toContain('npx cdkpipe synth --context stage=prod');
});

test('of two pipelines in one stack one is chosen by its construct path', async () => {
  const second = `
    pipeline.addStage(stage('Beta', 2));
    const other = new CodePipeline(this, 'Other', { crossAccountKeys: true, synth: new ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }) });
    other.addStage(stage('Gamma', 3));`;
  const cwd = makeApp(second);
  const { stderr } = await runCdkpipe(['migrate'], { cwd });
  expect(stderr).toContain('the app has 2 pipelines, OrdersPipeline/Pipeline, OrdersPipeline/Other,');
  expect((await runCdkpipe(['migrate', '--pipeline', 'OrdersPipeline'], { cwd })).stderr).toContain('2 pipelines');
  const { stdout } = await runCdkpipe(['migrate', '--json', '--pipeline', 'OrdersPipeline/Other'], { cwd });
  const { errors, stacks } = JSON.parse(stdout);
  expect([errors, stacks.map(({ name }: { name: string }) => name)]).toEqual([[], ['Gamma-Data', 'Gamma-Api']]);
}, 180_000);

test('a definition that is there is kept, and --check compares with it', async () => {
  const cwd = makeApp(`pipeline.addStage(stage('Beta', 2));`);
  expect((await runCdkpipe(['migrate'], { cwd })).exitCode).toBe(0);
  const before = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  const again = await runCdkpipe(['migrate'], { cwd });
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('MIGRATE_DEFINITION_EXISTS') });
  expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toBe(before);

  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(cwd, 'cdkpipe.config.ts'), before.replace("constructPath: 'OrdersPipeline',", ''));
  const { exitCode, stdout } = await runCdkpipe(['migrate', '--check', '--json'], { cwd });
  expect(exitCode).toBe(1);
  const data = JSON.parse(stdout).stacks.find(({ name }: { name: string }) => name === 'Beta-Data');
  expect(data).toMatchObject({ verdict: 'different', differences: [{ effect: 'replace' }, { effect: 'replace' }] });
}, 180_000);

test.each([
  ['an app that fails', `throw new Error('no such table');`, 'MIGRATE_APP_FAILED', 'no such table'],
  [
    'an app that says early in a long output why it fails',
    `console.error('no such table'); for (let line = 0; line < 500; line++) console.error('noise'); process.exit(1);`,
    'MIGRATE_APP_FAILED',
    'no such table',
  ],
  [
    'an app without a pipeline and without stacks',
    `import { App } from 'aws-cdk-lib'; new App().synth();`,
    'MIGRATE_NO_PIPELINE',
    'has no stacks',
  ],
  [
    'an app that does not synthesise',
    `console.log('hello');`,
    'MIGRATE_APP_NOT_SYNTHESISED',
    'wrote no cloud assembly',
  ],
])(
  '%s is an error, and nothing is written',
  async (_, code, problem, words) => {
    const cwd = makeApp('', { 'bin/pipeline.ts': code });
    const { exitCode, stderr } = await runCdkpipe(['migrate'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(problem) });
    expect(stderr).toContain(words);
    expect(existsSync(join(cwd, 'cdkpipe.config.ts'))).toBe(false);
  },
  60_000,
);

test('without a command there is nothing to run', async () => {
  const { exitCode, stderr } = await runCdkpipe(['migrate'], { cwd: makeDirectory() });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('MIGRATE_APP_UNKNOWN') });
});
