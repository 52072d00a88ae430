/** Commits that need what no version before them needed, deployed by the deployed pipeline: its commands, as its role. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { type BuildHost, makePrograms, runBuild } from '../loopback-aws/builds.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { makeToolHost, type ToolOutcome } from '../loopback-aws/run-tool.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';
import { writeFiles } from './write-files.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const host = makeToolHost();

/** One deployment in each environment, each with a check that runs where it is told. */
const definition = (environments: readonly string[], runIn = 'pipeline') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const environments = ${JSON.stringify(environments)};
export default defineConfig({
  name: 'shop',
  env: { account: '${home.account}', region: '${home.region}' },
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: environments.map((environment, index) => {
    const [account, region] = environment.split('/');
    return wave('Wave' + index, [
      deploy('App' + index, {
        env: { account, region },
        stacks: (stage) => { new CfnTopic(new Stack(stage, 'Shop'), 'Topic'); },
        approvals: [codebuild('Smoke', { commands: ['true'], runIn: '${runIn}' })],
      }),
    ]);
  }),
});
`;

interface Team {
  readonly aws: BuildHost['aws'];
  /** Changes the definition and synthesises it, as the pipeline's build does. */
  synthesize(text: string): Promise<void>;
  /** What the first version of the pipeline was deployed with. */
  deployByHand(): Promise<ToolOutcome>;
  /** Runs the deployed pipeline's update on the assembly. */
  update(): Promise<ToolOutcome>;
  /** Status of each stack of the pipeline, by account, region and name. */
  stacks(): Record<string, string>;
  installed(): string[];
}

async function startTeam(environments: readonly string[]): Promise<Team> {
  const aws = await startLoopbackAws();
  for (const environment of environments) {
    const [account = '', region = ''] = environment.split('/');
    bootstrap(aws.world, { account, region }, home.account);
  }
  const directory = makeDirectory();
  const assembly = join(directory, 'cdk.out');
  const programs = makePrograms(directory);
  return {
    aws,
    async synthesize(text) {
      writeFiles(directory, { 'cdkpipe.config.ts': text });
      const synth = await runCdkpipe(['synth', '--no-validate'], { cwd: directory });
      expect(synth, synth.stderr).toMatchObject({ exitCode: 0 });
    },
    deployByHand: () =>
      host.run('cdk', ['--app', '.', 'deploy', 'shop-pipeline', '--require-approval', 'never', '--ci'], {
        cwd: assembly,
        env: aws.environment(administratorOf(home.account), home.region),
      }),
    update: () => runBuild({ aws, host, programs }, 'UpdatePipeline', assembly),
    stacks: () =>
      Object.fromEntries(
        aws.world.stacks
          .filter(({ name }) => name !== 'CDKToolkit')
          .map(({ account, region, name, status }) => [`${account}/${region}/${name}`, status]),
      ),
    installed: () => readFileSync(join(directory, 'installed'), 'utf8').trimEnd().split('\n'),
  };
}

const support = 'shop-pipeline-support-for-111111111111-eu-west-1';
const pipelineStack = '111111111111/eu-west-1/shop-pipeline';
const eu = '222222222222/eu-west-1';
const us = '222222222222/us-east-1';

describe('the deployed pipeline', () => {
  let team: Team;
  beforeAll(async () => {
    // The account of the app trusts nobody yet.
    team = await startTeam(['111111111111/eu-west-1', '111111111111/us-east-1']);
    await team.synthesize(definition([eu]));
    const first = await team.deployByHand();
    expect(first.exitCode, first.output).toBe(0);
  });
  afterAll(() => team.aws.close());

  test('deploys a commit that needs a new region', async () => {
    await team.synthesize(definition([eu, us]));
    const { exitCode, output } = await team.update();
    expect(exitCode, output).toBe(0);
    // The cdk command takes variables that begin with CDK for options.
    expect(output).not.toContain('Unknown option');
    expect(team.stacks()).toMatchObject({
      [`111111111111/us-east-1/${support}`]: 'CREATE_COMPLETE',
      [pipelineStack]: 'UPDATE_COMPLETE',
    });
  });

  test('changes nothing for a commit that needs an account which trusts nobody, and says what to run', async () => {
    const properties = () => team.aws.world.store.find('AWS::CodePipeline::Pipeline', 'shop')?.properties;
    const before = properties();
    await team.synthesize(definition([eu, us], 'target'));
    const { exitCode, output } = await team.update();
    expect(exitCode, output).toBe(1);
    expect(output).toContain('No stack with resources of the pipeline was changed.');
    const trust =
      '--trust 111111111111 --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess';
    for (const environment of [eu, us]) expect(output).toContain(`  npx cdk bootstrap aws://${environment} ${trust}\n`);
    expect(properties()).toEqual(before);
    expect(Object.keys(team.stacks()).filter((stack) => stack.startsWith('2'))).toEqual([]);
  });

  test('deploys that commit when the account was bootstrapped', async () => {
    for (const region of ['eu-west-1', 'us-east-1'])
      bootstrap(team.aws.world, { account: '222222222222', region }, home.account);
    const { exitCode, output } = await team.update();
    expect(exitCode, output).toBe(0);
    expect(team.stacks()).toMatchObject({
      [`${eu}/${support}`]: 'CREATE_COMPLETE',
      [`${us}/${support}`]: 'CREATE_COMPLETE',
      [pipelineStack]: 'UPDATE_COMPLETE',
    });
  });

  test('installs its CLI by npm ci, and calls nothing but AWS', () => {
    const installed = team.installed();
    expect(installed.length).toBeGreaterThan(0);
    for (const call of installed) expect(call).toMatch(/^ci --ignore-scripts /);
    expect(host.escapes()).toEqual([]);
  });
});
