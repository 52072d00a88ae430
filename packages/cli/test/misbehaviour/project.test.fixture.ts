/** One small project with gates of several kinds, synthesised in this process with plugins that misbehave. */
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import type { Plugin } from '@cdkpipe/core';
import { type ProgressEvent, type SynthReport, synthesize, type TapTrace } from '@cdkpipe/core/host';
import codebuildApproval from '@cdkpipe/plugin-codebuild-approval';
import manualApproval from '@cdkpipe/plugin-manual-approval';
import securityApproval from '@cdkpipe/plugin-security-approval';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';

const role = (name: string) =>
  `arn:\${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-${name}-role-222222222222-eu-west-1`;

/** A cloud assembly as `cdk synth` of any language writes it. */
export const assembly = {
  'built/manifest.json': JSON.stringify({
    version: '36.0.0',
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://222222222222/eu-west-1',
        properties: {
          templateFile: 'Shop.template.json',
          assumeRoleArn: role('deploy'),
          cloudFormationExecutionRoleArn: role('cfn-exec'),
        },
      },
    },
  }),
  'built/Shop.template.json': JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
};

export const definition = {
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: { type: 's3', bucket: 'shop-source', key: 'shop.zip' },
  build: { commands: ['npx cdkpipe synth'] },
  waves: [
    {
      name: 'Prod',
      deployments: [
        {
          name: 'Eu',
          env: { account: '222222222222', region: 'eu-west-1' },
          assembly: 'built',
          changes: { kind: 'securityReview', name: 'Review' },
          approvals: [
            { kind: 'manual', name: 'Go', options: { timeout: 60 } },
            { kind: 'codebuild', name: 'Smoke', options: { commands: ['./smoke.sh'] } },
          ],
        },
      ],
    },
  ],
};

export const builtIns: readonly Plugin[] = [codePipeline, local, manualApproval, codebuildApproval, securityApproval];

export interface Synthesised extends SynthReport {
  readonly cwd: string;
  readonly taps: readonly TapTrace[];
}

/** With the plugins given; rejects as `synthesize` does. */
export async function synthesizeWith(plugins: readonly Plugin[], change: object = {}): Promise<Synthesised> {
  const cwd = makeDirectory({ ...assembly, 'cdkpipe.config.json': JSON.stringify({ ...definition, ...change }) });
  const taps: TapTrace[] = [];
  const observe = (event: ProgressEvent) => {
    if (event.type === 'tap') taps.push(event.tap);
  };
  const report = await synthesize({
    cwd,
    builtIns: [...builtIns, ...plugins],
    validate: false,
    traceHooks: true,
    pluginTimeoutMs: 2000,
    observe,
  });
  return { ...report, cwd, taps };
}
