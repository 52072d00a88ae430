import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CodePipeline, CodePipelineSource, type IFileSetProducer, ShellStep } from 'aws-cdk-lib/pipelines';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stageClass } from '../definition/stage-class.ts';
import { beta, withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';
import { EverydayStage } from './everyday-app.test.fixture.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-same-stacks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

// A VPC asks for the zones of its region, which both sides are without.
const build = (change: Record<string, unknown>) =>
  buildIn(directory, withDeployment(change), { allowMissingContext: true });

/** Templates of one deployment by the name of the stack, nested templates by the name of their file. */
function templatesIn(assembly: string) {
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const stacks = Object.values<{ type: string; properties: { stackName: string; templateFile: string } }>(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties: { stackName, templateFile } }) => [stackName, templateFile] as const);
  const nested = readdirSync(assembly).filter((file) => file.endsWith('.nested.template.json'));
  return Object.fromEntries(
    [...stacks, ...nested.map((file, index) => [`nested ${index}`, file] as const)].map(([name, file]) => [
      name,
      readFileSync(join(assembly, file), 'utf8'),
    ]),
  );
}

/** The app as CDK Pipelines has it: the stage is inside the pipeline's stack. */
function synthesizePeer(props: { readonly cidr: string }) {
  // What the CLI adds to the context; without it the library alone writes less metadata than `cdk synth`.
  const context = {
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': true,
  };
  const app = new App({ outdir: join(directory, 'peer'), context, builtinCloudFormationValidation: false });
  const own = new Stack(app, 'OrdersPipeline', { env: { account: '111111111111', region: beta.region } });
  // The CDK's own types disagree under our strictness.
  const input = CodePipelineSource.connection('acme/orders', 'main', { connectionArn: 'arn:x' }) as IFileSetProducer;
  const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) as IFileSetProducer;
  const pipeline = new CodePipeline(own, 'Pipeline', { crossAccountKeys: true, synth });
  pipeline.addStage(new EverydayStage(own, 'Beta', { env: beta, ...props }));
  app.synth();
  return templatesIn(join(directory, 'peer/assembly-OrdersPipeline-Beta'));
}

test('a stage class moved from CDK Pipelines, with its construct path, gives the same bytes for every stack', async () => {
  const props = { cidr: '10.1.0.0/16' };
  const peer = synthesizePeer(props);
  const stacks = stageClass(EverydayStage, { props });
  const { app, assembly } = await build({ stacks, constructPath: 'OrdersPipeline' });
  app.synth();
  const here = templatesIn(join(directory, 'cdk.out/assembly-OrdersPipeline-Beta'));
  expect(Object.keys(here).toSorted()).toEqual(['Beta-Core', 'Beta-Far', 'Beta-Near', 'Beta-Network', 'nested 0']);
  expect(here).toEqual(peer);
  expect(assembly.deployments[0]?.stacks.map(({ id }) => id).toSorted()).toEqual(['Core', 'Far', 'Near', 'Network']);
});

test('without the construct path, names that CDK derives from it differ', async () => {
  const props = { cidr: '10.1.0.0/16' };
  const peer = synthesizePeer(props);
  const { app } = await build({ stacks: stageClass(EverydayStage, { props }) });
  app.synth();
  const here = templatesIn(join(directory, 'cdk.out/assembly-Beta'));
  expect(Object.keys(here).toSorted()).toEqual(Object.keys(peer).toSorted());
  expect(here['Beta-Core']).not.toEqual(peer['Beta-Core']);
});
