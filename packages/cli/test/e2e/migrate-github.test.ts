/** Moves an app of cdk-pipelines-github, the real package, to a pipeline in AWS. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const stage = `
import { CfnOutput, Names, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { GitHubStage, type GitHubStageProps } from 'cdk-pipelines-github';
import type { Construct } from 'constructs';

export interface OrdersProps extends GitHubStageProps {
  readonly size: string;
}

export class OrdersStage extends GitHubStage {
  readonly url: CfnOutput;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id, props);
    const api = new Stack(this, 'Api');
    new EventBus(api, 'Bus');
    this.url = new CfnOutput(api, 'Url', { value: props.size + Names.uniqueId(this) });
  }
}
`;

const app = `
import { App } from 'aws-cdk-lib';
import { ShellStep } from 'aws-cdk-lib/pipelines';
import { AwsCredentials, GitHubActionStep, GitHubWorkflow } from 'cdk-pipelines-github';
import { OrdersStage } from '../lib/stage';

const app = new App();
const pipeline = new GitHubWorkflow(app, 'Pipeline', {
  synth: new ShellStep('Build', { commands: ['npm ci', 'npx cdk synth'], env: { MODE: 'all' } }),
  awsCreds: AwsCredentials.fromOpenIdConnect({ gitHubActionRoleArn: 'arn:aws:iam::111111111111:role/GitHub' }),
  workflowTriggers: { push: { branches: ['release'] }, workflowDispatch: {}, schedule: [{ cron: '0 0 * * *' }] },
  preBuildSteps: [{ name: 'Node', uses: 'actions/setup-node@v4' }, { name: 'Lint', run: 'npm run lint' }],
  postBuildSteps: [{ name: 'Notify', uses: 'acme/notify@v1' }],
});
const env = (account: string, region = 'eu-west-1') => ({ account, region });
const beta = new OrdersStage(app, 'Beta', { env: env('222222222222'), size: 'small', gitHubEnvironment: { name: 'beta' } });
pipeline.addStage(beta, {
  post: [
    new ShellStep('Smoke', { commands: ['curl -f "$URL"'], envFromCfnOutputs: { URL: beta.url } }),
    new GitHubActionStep('Check', {
      jobSteps: [{ name: 'Checkout', uses: 'actions/checkout@v4' }, { name: 'Check', run: './check.sh' }],
      env: { DEPTH: '1' },
    }),
    new GitHubActionStep('Report', { jobSteps: [{ name: 'Report', run: 'echo "\${{ github.event.head_commit.message }}"' }] }),
  ],
});
const wave = pipeline.addGitHubWave('Prod');
wave.addStageWithGitHubOptions(new OrdersStage(app, 'ProdEu', { env: env('333333333333'), size: 'large' }), {
  gitHubEnvironment: { name: 'prod' },
});
wave.addStage(new OrdersStage(app, 'ProdUs', { env: env('333333333333', 'us-east-1'), size: 'large' }));
app.synth();
`;

test('a workflow becomes a pipeline in AWS: stacks stay the same, environments are approvals, and what only GitHub has is listed', async () => {
  const cwd = makeDirectory({
    'cdk.json': JSON.stringify({ app: 'npx tsx bin/app.ts' }),
    'package.json': '{ "name": "orders", "private": true }',
    'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'commonjs' } }),
    'bin/app.ts': app,
    'lib/stage.ts': stage,
  });
  execFileSync('git', ['init', '--quiet'], { cwd });
  execFileSync('git', ['remote', 'add', 'origin', 'git@github.com:acme/orders.git'], { cwd });
  const { exitCode, stdout, stderr } = await runCdkpipe(['migrate', '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ errors: [], packages: [], old: { deployments: 3, gates: 5 }, gates: 4 });
  expect(report.stacks.map(({ name, verdict }: Record<string, string>) => `${name} ${verdict}`)).toEqual([
    'Beta-Api same',
    'ProdEu-Api same',
    'ProdUs-Api same',
  ]);
  const notes = (type: string) =>
    report.notes
      .filter((note: { type: string }) => note.type === type)
      .map(({ what, at }: { what: string; at?: { file: string } }) => `${what} [${at?.file}]`);
  expect(notes('gate')).toEqual(['the step Report is a job of GitHub with the step "Report" [bin/app.ts]']);
  expect(notes('open')).toEqual([
    'the workflow has the step "Notify" around the build, which has no counterpart [bin/app.ts]',
    'the workflow has the trigger schedule, which has no counterpart [bin/app.ts]',
    'the connection to the repository is not known [undefined]',
  ]);
  await expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toMatchFileSnapshot(
    'migrate-github.expected.ts.txt',
  );
  // The app writes it whenever it is synthesised; reading the app must not.
  expect(existsSync(join(cwd, '.github/workflows/deploy.yml'))).toBe(false);
}, 120_000);
