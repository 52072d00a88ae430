/** Steps that run where the app is, from the definition to what the `cdk` command makes of the assembly. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const config = `
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';

const stacks = (stage) => {
  const shop = new Stack(stage, 'Shop');
  new CfnOutput(shop, 'Url', { value: new CfnTopic(shop, 'Topic').ref });
};
const url = output('Shop', 'Url');

export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, lambdaApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks,
        approvals: [
          codebuild('Smoke', { commands: ['./smoke.sh "$URL"'], env: { URL: url }, runIn: 'target' }),
          lambda('Latency', { handler: './latency.ts', payload: { url }, runIn: 'target' }),
          lambda('Calendar', {
            functionArn: 'arn:aws:lambda:us-east-1:333333333333:function:calendar',
            runIn: { account: '333333333333', region: 'us-east-1' },
          }),
        ],
      }),
    ]),
  ],
});
`;

const project = makeDirectory({ 'cdkpipe.config.ts': config, 'latency.ts': 'export const handler = () => true;' });
// biome-ignore lint/suspicious/noExplicitAny: files of the assembly are looked into wherever it is of use
const read = (file: string): any => JSON.parse(readFileSync(join(project, 'cdk.out', file), 'utf8'));
const beta = 'shop-pipeline-support-222222222222-eu-west-1';
const calendar = 'shop-pipeline-support-333333333333-us-east-1';
const bucketStack = 'shop-pipeline-support-us-east-1';

beforeAll(async () => {
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd: project })).toMatchObject({ exitCode: 0 });
});

function actionOf(name: string) {
  const { Resources } = read('shop-pipeline.template.json');
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const resources: any[] = Object.values(Resources);
  const { Stages } = resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline').Properties;
  return Stages.at(-1).Actions.find(({ Name }: { Name: string }) => Name === name);
}

function resourcesIn(stack: string, type: string) {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const resources: any[] = Object.values(read(`${stack}.template.json`).Resources);
  return resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

test('a build and a function stand in the environment of the deployment, and the actions name them', () => {
  const [build] = resourcesIn(beta, 'AWS::CodeBuild::Project');
  const [check] = resourcesIn(beta, 'AWS::Lambda::Function');
  const [smoke, latency] = [actionOf('Beta.Smoke'), actionOf('Beta.Latency')];
  expect(smoke.Configuration.ProjectName).toBe(build.Name);
  expect(latency.Configuration.FunctionName).toBe(check.FunctionName);
  for (const { RoleArn } of [smoke, latency]) expect(RoleArn).toMatch(/^arn:aws:iam::222222222222:role\/shop-Beta-/);
});

test('values of outputs reach both across accounts', () => {
  const { Namespace } = actionOf('Beta.Shop.Execute');
  expect(actionOf('Beta.Smoke').Configuration.EnvironmentVariables).not.toContain(Namespace);
  const [build] = resourcesIn(beta, 'AWS::CodeBuild::Project');
  expect(build.Environment.EnvironmentVariables).toContainEqual(
    expect.objectContaining({ Name: 'CDKPIPE_VALUE_ROLE' }),
  );
  expect(actionOf('Beta.Latency').Configuration.UserParameters).toContain(`#{${Namespace}.Url}`);
});

test('an existing function is called by a role in its account that may call just that', () => {
  const [role, ...others] = resourcesIn(calendar, 'AWS::IAM::Role');
  expect(others).toEqual([]);
  expect(actionOf('Beta.Calendar')).toMatchObject({
    Region: 'us-east-1',
    RoleArn: `arn:aws:iam::333333333333:role/${role.RoleName}`,
    Configuration: { FunctionName: 'calendar' },
  });
  expect(role.Policies[0].PolicyDocument.Statement).toMatchObject([
    {
      Action: ['lambda:InvokeFunction'],
      Resource: ['arn:aws:lambda:us-east-1:333333333333:function:calendar'],
    },
    { Action: ['lambda:ListFunctions'] },
  ]);
});

test('the code of a function is published by the roles of the environment in which it runs', () => {
  const files: { source: { packaging: string }; destinations: Record<string, { assumeRoleArn: string }> }[] =
    Object.values(read(`${beta}.assets.json`).files);
  const zips = files.filter(({ source }) => source.packaging === 'zip');
  expect(zips.flatMap(({ destinations }) => Object.values(destinations))).toEqual([
    expect.objectContaining({
      region: 'eu-west-1',
      assumeRoleArn: expect.stringContaining('222222222222:role/cdk-hnb659fds-file-publishing-role-222222222222'),
    }),
  ]);
});

test('the self-update may deploy every stack that `cdk deploy` takes along, and no other', () => {
  const cdk = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');
  const args = ['ls', '--no-notices', '--app', 'cdk.out', '--show-dependencies', '--json', 'shop-pipeline'];
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { stdout, status } = spawnSync(process.execPath, [cdk, ...args], { cwd: project, env, encoding: 'utf8' });
  expect(status).toBe(0);
  const listed: string[] = JSON.parse(stdout).map(({ id }: { id: string }) => id.split(' ')[0]);
  expect(listed.sort()).toEqual(['shop-pipeline', 'shop-pipeline-update', beta, calendar, bucketStack].sort());
  const [update] = resourcesIn('shop-pipeline-update', 'AWS::IAM::Role');
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const assumed = update.Policies[0].PolicyDocument.Statement.filter((each: any) =>
    each.Action.includes('sts:AssumeRole'),
  );
  const { artifacts } = read('manifest.json');
  const roles = listed.flatMap((id) => {
    const [account, region] = artifacts[id].environment.replace('aws://', '').split('/');
    return ['deploy', 'file-publishing'].map(
      (what) => `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-role-${account}-${region}`,
    );
  });
  // biome-ignore lint/suspicious/noExplicitAny: as above
  expect(assumed.flatMap(({ Resource }: any) => Resource).sort()).toEqual([...new Set(roles)].sort());
});

test('plan says where each of them runs', async () => {
  const { stdout } = await runCdkpipe(['plan', '--json'], { cwd: project });
  const { stages } = JSON.parse(stdout);
  const places = stages
    .at(-1)
    .actions.flatMap(({ gate, environment }: { gate?: string; environment: object }) =>
      gate === undefined ? [] : [[gate, environment]],
    );
  const target = { account: '222222222222', region: 'eu-west-1' };
  expect(places).toEqual([
    ['Beta/Smoke', target],
    ['Beta/Latency', target],
    ['Beta/Calendar', { account: '333333333333', region: 'us-east-1' }],
  ]);
});
