/** Cloud assemblies with the bootstrap roles of CDK, and tools that do not wait. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';
import { App, CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { onTestFinished, vi } from 'vitest';
import { cloudFormationDeployer } from '../cloudformation-deployer.ts';
import type { DeployTools, StackTarget } from '../contract/deployer.ts';

export const env = { account: '222222222222', region: 'eu-west-1' };
export const secretKey = 'not-to-be-seen-anywhere';

export interface StackSpec {
  readonly topics?: readonly string[];
  readonly protect?: boolean;
  readonly run?: string;
  /** Bytes of metadata, to make the template larger. */
  readonly padding?: number;
  readonly withAsset?: boolean;
  /** Session tag with which every role is assumed. */
  readonly team?: string;
}

/** A project directory, the deployer on it, and targets with templates of their own. */
export function makeProject(endpoint: string) {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretKey);
  vi.stubEnv('AWS_REGION', env.region);
  onTestFinished(() => void vi.unstubAllEnvs());
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-cfn-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const lines: string[] = [];
  const tools: DeployTools = {
    signal: new AbortController().signal,
    log: (text) => void lines.push(text),
    sleep: async () => {},
  };
  const store = join(directory, '.cdkpipe');
  const deployer = cloudFormationDeployer({ store });
  return { directory, store, deployer, tools, lines, target: (spec: StackSpec) => makeTarget(directory, spec) };
}

function makeTarget(directory: string, spec: StackSpec): StackTarget {
  const assemblyDirectory = mkdtempSync(join(directory, 'out-'));
  const app = new App({ outdir: assemblyDirectory, analyticsReporting: false });
  const tags = spec.team === undefined ? undefined : { Tags: [{ Key: 'team', Value: spec.team }] };
  const stack = new Stack(app, 'Api', {
    env,
    terminationProtection: spec.protect ?? false,
    // moto has no bootstrap stack whose version could be checked. The CDK's own types disagree under our strictness.
    synthesizer: new DefaultStackSynthesizer({
      deployRoleExternalId: 'orders',
      ...(tags && { deployRoleAdditionalOptions: tags, fileAssetPublishingRoleAdditionalOptions: tags }),
      generateBootstrapVersionRule: false,
    }) as IStackSynthesizer,
  });
  for (const name of spec.topics ?? ['A']) {
    const topic = new CfnTopic(stack, name, { topicName: `topic-${name}` });
    new CfnOutput(stack, `${name}Arn`, { value: topic.ref });
  }
  if (spec.padding) stack.addMetadata('padding', 'x'.repeat(spec.padding));
  if (spec.withAsset) {
    const file = join(directory, 'greeting.txt');
    writeFileSync(file, 'a greeting that is longer than an empty archive');
    new Asset(stack, 'Greeting', { path: file });
  }
  app.synth();
  const roles = `arn:\${AWS::Partition}:iam::${env.account}:role/cdk-hnb659fds`;
  const assembled: AssembledStack = {
    id: 'Api',
    stackName: 'Api',
    artifactId: 'Api',
    env,
    templateFile: 'Api.template.json',
    dependencies: [],
    imports: [],
    outputs: [],
    assetManifest: 'Api.assets.json',
    hasDockerAssets: false,
    publishingRoleArns: [],
    assets: [],
    deployRoleArn: `${roles}-deploy-role-${env.account}-${env.region}`,
    executionRoleArn: `${roles}-cfn-exec-role-${env.account}-${env.region}`,
    tags: { team: 'orders' },
    acknowledgedRules: [],
  };
  return {
    run: spec.run ?? '20261224-173000-3f9a',
    node: 'Prod/Api',
    deployment: 'Prod',
    stack: assembled,
    assemblyDirectory,
    templateFile: join(assemblyDirectory, 'Api.template.json'),
    deployedTogether: [],
  };
}
