/** Reviews of change sets from the definition to the template, with the plugins that are published. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { synthesize } from '@cdkpipe/core/host';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../../..');

const definition = (deployment: string) => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
const apart = (stage) => {
  for (const id of ['Data', 'Api']) new CfnResource(new Stack(stage, id), 'It', { type: 'AWS::SNS::Topic' });
};
const together = (stage) => {
  const topic = new CfnResource(new Stack(stage, 'Data'), 'It', { type: 'AWS::SNS::Topic' });
  new CfnOutput(new Stack(stage, 'Api'), 'Out', { value: topic.ref });
};
export default defineConfig({
  name: 'orders',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval, securityApproval],
  source: source.codeCommit('orders', { branch: 'main' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Prod', [deploy('Prod', { env: { account: '333333333333', region: 'us-east-1' }, ${deployment} })])],
});`;

async function synthesizeWith(deployment: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'cdkpipe-reviews-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  writeFileSync(join(cwd, 'cdkpipe.config.ts'), definition(deployment));
  const report = await synthesize({ cwd, builtIns: [codePipeline], validate: false });
  const template = JSON.parse(readFileSync(join(report.output, 'orders-pipeline.template.json'), 'utf8'));
  const stage = template.Resources.Pipeline.Properties.Stages.find(({ Name }: { Name: string }) => Name === 'Prod');
  const actions: { Name: string; RunOrder: number; Configuration: Record<string, string> }[] = stage.Actions;
  return { report, actions, placed: actions.map(({ Name, RunOrder }) => `${Name}@${RunOrder}`) };
}

const problemsOf = (deployment: string) =>
  synthesizeWith(deployment).then(
    () => [],
    (error: { problems?: readonly { code: string; path?: string }[] }) => error.problems,
  );

describe('reviews of change sets', () => {
  test('see every change set of the deployment at once, and come before all of it executes', async () => {
    const { report, actions, placed } = await synthesizeWith(
      "stacks: apart, changes: [securityReview('Security'), manual('Release', { comment: 'Tell support.', passIfUnchanged: true })]",
    );
    expect(report.gates).toEqual(['Prod/Security', 'Prod/Release']);
    expect(placed.filter((name) => !name.startsWith('Publish'))).toEqual([
      'Prod.Api.Prepare@1',
      'Prod.Data.Prepare@1',
      'Prod@ReportChanges@2',
      'Prod.Security@3',
      'Prod.Security@Pass@3',
      'Prod.Release@4',
      'Prod.Release@Pass@4',
      'Prod@VerifyChanges@5',
      'Prod.Api.Execute@6',
      'Prod.Data.Execute@6',
    ]);
    const textOf = (name: string) => actions.find(({ Name }) => Name === name)?.Configuration.CustomData;
    expect(textOf('Prod.Security')).toMatch(
      /^#\{Prod-changes-report-\w+\.Findings\d+\}\n\nsha256 of the change sets: #\{/,
    );
    expect(textOf('Prod.Release')).toMatch(/^Tell support\.\n\n#\{Prod-changes-report-\w+\.Summary\d+\}/);
  });

  test('fall back stack by stack where a stack needs a value of another, and the plan says which', async () => {
    const { report, placed } = await synthesizeWith("stacks: together, changes: [securityReview('Security')]");
    expect(report.gates).toEqual(['Prod/Security']);
    expect(
      placed.filter((name) => /Report|Security\.\w+@\d|Verify/.test(name)).map((name) => name.replace(/@\d+$/, '')),
    ).toEqual([
      'Prod.Data@ReportChanges',
      'Prod.Security.Data',
      'Prod.Data@VerifyChanges',
      'Prod.Api@ReportChanges',
      'Prod.Security.Api',
      'Prod.Api@VerifyChanges',
    ]);
    expect(report.plan.notes).toEqual([
      {
        about: 'Prod',
        text: expect.stringMatching(/^change sets are made stack by stack, as Api needs a value of Data/),
      },
    ]);
  });

  test.each([
    ['securityReview after execute', "approvals: [securityReview('Security')]", 'STEP_MISPLACED'],
    [
      'securityReview without change sets',
      "changes: [securityReview('Security')], prepare: false",
      'CHANGES_WITHOUT_CHANGE_SET',
    ],
    [
      'manual that passes where nothing is reviewed',
      "approvals: [manual('Done', { passIfUnchanged: true })]",
      'PASS_WITHOUT_CHANGES',
    ],
    [
      'a variable in a comment',
      "changes: [securityReview('Security', { comment: '#{x.y}' })]",
      'TEXT_WOULD_BE_RESOLVED',
    ],
    ['a comment that leaves no room', "changes: [manual('Look', { comment: 'x'.repeat(800) })]", 'COMMENT_TOO_LONG'],
    [
      'a topic elsewhere',
      "changes: [securityReview('S', { topic: 'arn:aws:sns:us-east-1:111111111111:x' })]",
      'TOPIC_IN_OTHER_REGION',
    ],
  ])('refuse %s', async (_title, deployment, code) => {
    expect(await problemsOf(`stacks: apart, ${deployment}`)).toEqual([
      expect.objectContaining({ code, path: expect.stringContaining('waves[0]') }),
    ]);
  });
});
