/** What validation plugins and annotations of the author's stacks find, with the real cdk-nag. */
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

/** @param stacks statements that find `stage`, and a bucket in the stack `data` */
const definition = (stacks: string) => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { Annotations, App, Aspects, Stack, type IAspect } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => {
          const data = new Stack(stage, 'Data');
          const bucket = new Bucket(data, 'Bucket');
          ${stacks}
        },
      }),
    ]),
  ],
});
`;

async function synth(stacks: string, command = 'synth') {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition(stacks) });
  const { exitCode, stdout, stderr } = await runCdkpipe([command, '--json'], { cwd });
  return { exitCode, stderr, ...JSON.parse(stdout) };
}

const nag = (rule: string, text: string) => ({
  code: 'POLICY_VIOLATED',
  message: `"Beta/Data/Bucket/Resource" violates the rule AwsSolutions-${rule} of AwsSolutions: ${text}`,
  fix: `change the construct, or acknowledge the rule there: Validations.of(construct).acknowledge({ id: 'AwsSolutions::AwsSolutions-${rule}', reason: '…' })`,
});

test.each([
  ['of the stage', 'Validations.of(stage)', 'synth'],
  ['of the app', 'Validations.of(stage.node.root)', 'synth'],
  ['of the stage, when it is planned', 'Validations.of(stage)', 'plan'],
])('findings of cdk-nag as a plugin %s are the errors of the author', async (_title, place, command) => {
  const { exitCode, errors } = await synth(`${place}.addPlugins(new AwsSolutionsChecks(stage));`, command);
  expect(exitCode).toBe(2);
  expect(errors).toMatchObject([
    nag('S1', 'The S3 Bucket has server access logs disabled'),
    nag('S10', 'The S3 Bucket or bucket policy does not require requests to use SSL'),
  ]);
});

test('a rule that is acknowledged, with its reason, is no finding', async () => {
  const acknowledge = ['S1', 'S10'].map((rule) => `{ id: 'AwsSolutions::AwsSolutions-${rule}', reason: 'a test' }`);
  const { exitCode, errors, warnings } = await synth(`
    Validations.of(stage).addPlugins(new AwsSolutionsChecks(stage));
    Validations.of(bucket).acknowledge(${acknowledge.join(', ')});`);
  expect({ exitCode, errors, warnings }).toEqual({ exitCode: 0, errors: [], warnings: [] });
});

/** A plugin that an author wrote. */
const plugin = (report: string) => `
  Validations.of(stage).addPlugins({ name: 'Acme', validate: () => (${report}) });`;
const finding = (severity: string) =>
  `{ ruleName: 'names', description: 'the name is taken', fix: 'choose another', severity: '${severity}',
     violatingResources: [{ constructPath: bucket.node.path, locations: [] }] }`;

test('warnings are warnings, also of a report that failed', async () => {
  for (const success of [true, false]) {
    const { exitCode, warnings } = await synth(plugin(`{ success: ${success}, violations: [${finding('warning')}] }`));
    expect(exitCode).toBe(0);
    expect(warnings).toMatchObject([
      {
        code: 'POLICY_DOUBTFUL',
        message: '"Beta/Data/Bucket" violates the rule names of Acme: the name is taken',
        fix: 'choose another',
      },
    ]);
  }
});

test('a severity that the CDK does not know is an error', async () => {
  const { exitCode, errors } = await synth(plugin(`{ success: false, violations: [${finding('grave')}] }`));
  expect(exitCode).toBe(2);
  expect(errors).toMatchObject([{ code: 'POLICY_VIOLATED' }]);
});

test('a plugin that throws is named', async () => {
  const { exitCode, errors } = await synth(plugin(`(() => { throw new Error('no rules') })()`));
  expect(exitCode).toBe(2);
  expect(errors).toMatchObject([
    { code: 'POLICY_PLUGIN_FAILED', message: expect.stringMatching(/"Acme" of the app failed: .*no rules/) },
  ]);
});

const aspect = (method: string) => `
  Aspects.of(stage).add({ visit: (node) => { if (node instanceof CfnBucket) Annotations.of(node).${method} } } as IAspect);`;

test('an error that an aspect adds names the construct', async () => {
  const { exitCode, errors } = await synth(aspect(`addError('logs are off')`));
  expect(exitCode).toBe(2);
  expect(errors).toMatchObject([
    { code: 'CONSTRUCT_ERROR', message: 'the construct "Beta/Data/Bucket/Resource" reports an error: logs are off' },
  ]);
});

test.each(['synth', 'plan'])('a warning that an aspect adds is shown by %s, with its construct', async (command) => {
  const { exitCode, warnings } = await synth(aspect(`addWarningV2('Acme:logs', 'logs are off')`), command);
  expect(exitCode).toBe(0);
  expect(warnings).toMatchObject([
    {
      code: 'CONSTRUCT_WARNING',
      message: 'the construct "Beta/Data/Bucket/Resource" warns: logs are off [ack: Acme:logs]',
    },
  ]);
});
