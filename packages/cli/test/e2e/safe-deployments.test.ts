/** The rules of plugin-safe-deployments on whole projects, by the real command. */
import { describe, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const definition = (waves: string, rules = '{}') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import safeDeployments from '@cdkpipe/plugin-safe-deployments';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';

const stacks = (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); };
const eu = { account: '333333333333', region: 'eu-west-1' };
const us = { account: '333333333333', region: 'us-east-1' };
const hours = window('OfficeHours', { open: ['Mon-Thu 09:00-16:00'], timeZone: 'Europe/Berlin' });
const watch = bake('Bake', { minutes: 60, alarms: ['Shop-5xx'] });

export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [bakeApproval, lambdaApproval, manualApproval, windowApproval, safeDeployments],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  rules: ${rules},
  waves: [
    wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks })]),
    ${waves}
  ],
});
`;

const careless = `wave('Prod', [deploy('ProdEu', { env: eu, stacks }), deploy('ProdUs', { env: us, stacks })]),
    wave('Late', [deploy('ProdLate', { env: { ...eu, region: 'eu-north-1' }, stacks })]),`;

const careful = `wave('OneBox', [deploy('ProdEu', { env: eu, stacks, approvals: [watch] })], { before: [manual('Go'), hours], rollback: 'auto' }),
    wave('Prod', [deploy('ProdUs', { env: us, stacks, approvals: [watch] })], { before: [hours], rollback: 'auto' }),`;

async function plan(waves: string, rules?: string, ...flags: string[]) {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition(waves, rules) });
  const { exitCode, stdout } = await runCdkpipe(['plan', '--json', ...flags], { cwd });
  return { exitCode, ...JSON.parse(stdout) };
}

/** Every place at which the careless pipeline breaks a rule. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'one-box-first': ['waves[1]'],
  'bake-between-waves': ['waves[1].deployments[0].approvals', 'waves[1].deployments[1].approvals'],
  'alarms-watched': [
    'waves[1].deployments[0].approvals',
    'waves[1].deployments[1].approvals',
    'waves[2].deployments[0].approvals',
  ],
  'review-before-production': ['waves[1].deployments[0]', 'waves[1].deployments[1]', 'waves[2].deployments[0]'],
  'one-region-at-a-time': ['waves[1]'],
  'rollback-declared': ['waves[1].deployments[0]', 'waves[1].deployments[1]', 'waves[2].deployments[0]'],
  'time-window': ['waves[1]', 'waves[2]'],
};

const only = (rule: string) =>
  JSON.stringify(
    Object.fromEntries(
      Object.keys(broken).map((each) => [`safe-deployments/${each}`, each === rule ? 'error' : 'off']),
    ),
  );

test('a careful pipeline breaks no rule', async () => {
  expect(await plan(careful, '{}', '--strict')).toMatchObject({ exitCode: 0, warnings: [] });
});

test('a careless one is warned of each, and goes on', async () => {
  const { exitCode, warnings } = await plan(careless);
  expect(exitCode).toBe(0);
  const places = Object.entries(broken).flatMap(([rule, paths]) =>
    paths.map((path) => [`safe-deployments/${rule}`, path]),
  );
  expect(warnings.map(({ rule, path }: Record<string, string>) => [rule, path])).toEqual(places);
});

describe('as an error, it fails for', () => {
  test.each(Object.keys(broken))('%s alone', async (rule) => {
    const { exitCode, errors } = await plan(careless, only(rule));
    expect(exitCode).toBe(2);
    expect(errors.map(({ path }: { path: string }) => path)).toEqual(broken[rule]);
    for (const error of errors)
      expect(error).toMatchObject({
        code: 'RULE_VIOLATED',
        rule: `safe-deployments/${rule}`,
        plugin: '@cdkpipe/plugin-safe-deployments',
        fix: expect.stringMatching(/\w/),
        docs: `https://github.com/cdkpipe/cdkpipe/blob/main/docs/rules/safe-deployments.md#${rule}`,
      });
  });
});

test('production that the pipeline does not have is refused', async () => {
  const rules = `{ 'safe-deployments/one-box-first': ['warning', { production: { waves: ['Live'] } }] }`;
  expect(await plan(careful, rules)).toMatchObject({
    exitCode: 2,
    errors: [{ code: 'PRODUCTION_UNKNOWN', path: 'rules["safe-deployments/one-box-first"][1].production.waves[0]' }],
  });
});
