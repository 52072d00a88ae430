/** A run takes the assembly of its own definition only, and a rehearsal compares with any. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCdkpipeError } from '@cdkpipe/core';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { makeProject, type TestProject } from './project.test.fixture.ts';

const env = { account: '222222222222', region: 'eu-west-1' };

const definition = (name: string, more = '') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { stacks } from './stacks.ts';
export default defineConfig({
  name: '${name}',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['cp -r prebuilt cdk.out'] }),
  waves: [wave('Beta', [deploy('Beta', { env: ${JSON.stringify(env)}, stacks })])],
  ${more}
});
`;

const stacks = (topicName: string) => `
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
export const stacks = (stage) => {
  for (const id of ['Api', 'Data']) new CfnTopic(new Stack(stage, id), 'Topic', { topicName: '${topicName}' });
};
`;

/** As an App that no command runs has it. */
const plain = { 'cdk.json': '{"versionReporting":false,"pathMetadata":false,"assetMetadata":false}' };

const codesOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) =>
      isCdkpipeError(error) ? error.problems.map(({ code, message }) => `${code}: ${message}`) : [error],
  );

const runsOf = (project: TestProject) => codesOf(project.run());

test('--skip-build takes the assembly that the definition made', async () => {
  const project = makeProject(definition('shop'), { 'stacks.ts': stacks('1') });
  await project.synthesize();
  expect(await runsOf(project)).toEqual([]);
});

test('values for rehearsals may change behind the assembly, as they are in no template', async () => {
  const project = makeProject(definition('shop', 'rehearsal: JSON.parse(process.env.REHEARSED ?? "{}"),'), {
    'stacks.ts': stacks('1'),
  });
  await project.synthesize();
  process.env.REHEARSED = JSON.stringify({ against: 'cdk.out' });
  try {
    expect(await runsOf(project)).toEqual([]);
  } finally {
    delete process.env.REHEARSED;
  }
});

test('--skip-build refuses an assembly that was made before a file of the definition changed, and names the file', async () => {
  const project = makeProject(definition('shop'), { 'stacks.ts': stacks('1') });
  await project.synthesize();
  writeFileSync(join(project.directory, 'stacks.ts'), stacks('2'));
  const [refusal, ...others] = await runsOf(project);
  expect(refusal).toMatch(/^ASSEMBLY_STALE: .*stacks\.ts has changed$/);
  expect(others).toEqual([]);
  writeFileSync(join(project.directory, 'stacks.ts'), stacks('1'));
  expect(await runsOf(project)).toEqual([]);
  writeFileSync(join(project.directory, 'cdk.json'), '{"context":{"a":1}}');
  expect(await runsOf(project)).toEqual([expect.stringMatching(/^ASSEMBLY_STALE: .*cdk\.json has changed$/)]);
});

test('--skip-build refuses the assembly of another pipeline, and one that nothing is known of', async () => {
  const project = makeProject(definition('shop'), { 'stacks.ts': stacks('1') });
  await project.synthesize();
  project.define(definition('other'));
  expect(await runsOf(project)).toEqual([expect.stringMatching(/^ASSEMBLY_OF_OTHER_PIPELINE: .*"shop".*"other"$/)]);
  project.define(definition('shop'));
  writeFileSync(join(project.directory, 'cdk.out/cdkpipe.json'), '{}');
  expect(await runsOf(project)).toEqual([expect.stringMatching(/^ASSEMBLY_NOT_OF_DEFINITION: /)]);
});

test('a build that leaves the assembly of another pipeline behind ends the run', async () => {
  const project = makeProject(definition('shop'), { 'stacks.ts': stacks('1') });
  await project.synthesize();
  cpSync(join(project.directory, 'cdk.out'), join(project.directory, 'prebuilt'), { recursive: true });
  project.define(definition('other'));
  expect(await codesOf(project.run({ skipBuild: false }))).toEqual([
    expect.stringMatching(/^ASSEMBLY_OF_OTHER_PIPELINE: /),
  ]);
});

test('pipelines beside each other do not share what was rehearsed last', async () => {
  const project = makeProject(definition('shop'), { ...plain, 'stacks.ts': stacks('1') });
  await project.synthesize();
  await project.run();
  project.define(definition('other'));
  await project.synthesize();
  const { events } = await project.run();
  const summaries = events.flatMap((event) => (event.type === 'actionEnded' ? (event.summary ?? []) : []));
  expect(summaries).toContain('1 to add');
  const kept = (name: string) =>
    readFileSync(join(project.directory, `.cdkpipe/rehearsed/${name}/Beta/Api.template.json`));
  expect(kept('other')).toEqual(kept('shop'));
});

test('a rehearsal compares with any cloud assembly by the names of stacks, and says what is on one side only', async () => {
  const project = makeProject(definition('shop', "rehearsal: { against: 'deployed' },"), {
    ...plain,
    'stacks.ts': stacks('1'),
  });
  // Written by the CDK alone: one stack of a plain app, others in the assembly of a stage.
  const app = new App({
    outdir: join(project.directory, 'deployed'),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const topicIn = (stack: Stack) => new CfnTopic(stack, 'Topic', { topicName: '1' });
  topicIn(new Stack(app, 'Plain', { env, stackName: 'Beta-Api' }));
  topicIn(new Stack(new Stage(app, 'Old', { env }), 'Queue'));
  topicIn(new Stack(app, 'Elsewhere', { env: { ...env, region: 'us-east-1' }, stackName: 'Beta-Data' }));
  app.synth();
  await project.synthesize();
  const { events, lines } = await project.run();
  expect(lines).toEqual([
    'not in deployed, so new: Beta/Data (Beta-Data)',
    'in deployed, but of no deployment: Old-Queue (aws://222222222222/eu-west-1), Beta-Data (aws://222222222222/us-east-1)',
  ]);
  const summaryOf = (node: string) =>
    events.find((event) => event.type === 'actionEnded' && event.node === node && event.summary !== undefined);
  expect(summaryOf('Beta/Api:prepare')).toMatchObject({ summary: 'no changes' });
  expect(summaryOf('Beta/Data:prepare')).toMatchObject({ summary: '1 to add' });
});

test('a directory to compare with that is no cloud assembly ends the rehearsal', async () => {
  const project = makeProject(definition('shop', "rehearsal: { against: 'deployed' },"), { 'stacks.ts': stacks('1') });
  await project.synthesize();
  expect(await runsOf(project)).toEqual([expect.stringMatching(/^AGAINST_UNREADABLE: .*no manifest\.json$/)]);
});
