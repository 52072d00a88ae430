import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { CodePipeline, CodePipelineSource, type IFileSetProducer, ShellStep } from 'aws-cdk-lib/pipelines';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beta, withDeployment } from '../config/definition.test.fixture.ts';
import { buildIn, networkAndApi } from './build-assembly.test.fixture.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-same-stacks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Templates of one deployment by the name of their file, and the names of its stacks. */
function stacksIn(assembly: string) {
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const names = Object.values<{ type: string; properties: { stackName?: string } }>(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties }) => properties.stackName);
  const templates = files.map((file) => [file, JSON.parse(readFileSync(join(assembly, file), 'utf8'))] as const);
  return { names: names.toSorted(), templates: Object.fromEntries(templates) };
}

test('a deployment has the stacks that CDK Pipelines deploys under its name, with the same templates', async () => {
  const app = new App({
    outdir: join(directory, 'peer'),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const own = new Stack(app, 'Peer', { env: { account: '111111111111', region: beta.region } });
  // The CDK's own types disagree under our strictness.
  const input = CodePipelineSource.connection('acme/orders', 'main', { connectionArn: 'arn:x' }) as IFileSetProducer;
  const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) as IFileSetProducer;
  const pipeline = new CodePipeline(own, 'Pipeline', { crossAccountKeys: true, synth });
  const stage = new Stage(own, 'Beta', { env: beta });
  networkAndApi(stage);
  pipeline.addStage(stage);
  app.synth();

  const { app: ours } = await buildIn(directory, withDeployment({ stacks: networkAndApi }));
  ours.synth();
  const [peer, here] = ['peer/assembly-Peer-Beta', 'cdk.out/assembly-Beta'].map((at) => stacksIn(join(directory, at)));
  expect(here?.names).toEqual(['Beta-Api', 'Beta-Network']);
  expect(peer?.names).toEqual(here?.names);
  expect(Object.values(peer?.templates ?? {})).toEqual(Object.values(here?.templates ?? {}));
});
