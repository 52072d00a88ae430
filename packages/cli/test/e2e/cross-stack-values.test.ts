/** Values that stacks of a real CDK app take from each other: how the plan orders them, and what a rehearsal shows. */
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';
import { writeFiles } from './write-files.test.fixture.ts';

const definition = (stacks: string, prepare = '') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
const account = '222222222222';
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account, region: 'eu-west-1' },
        stacks: (stage) => {
          const data = new Stack(stage, 'Data', { crossRegionReferences: true, env: { account, region: 'us-east-1' } });
          const api = new Stack(stage, 'Api', { crossRegionReferences: true, env: { account, region: 'eu-west-1' } });
          const topic = new Topic(data, 'Topic');
          ${stacks}
        },
        ${prepare}
        changes: [manual('Look')],
      }),
    ]),
  ],
});
`;
const across = "new Queue(api, 'Queue', { queueName: topic.topicName });";
const weakly = `CrossStackReferences.of(topic).produce(ReferenceStrength.WEAK); ${across}`;
const byParameter = `
  const shared = new Stack(stage, 'Shared');
  new StringParameter(shared, 'Key', { parameterName: '/shop/key', stringValue: 'x' });
  api.addDependency(shared);
  new Queue(api, 'Queue', { queueName: StringParameter.valueForStringParameter(api, '/shop/key') });
`;

async function planOf(text: string) {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': text });
  const { exitCode, stdout } = await runCdkpipe(['plan', '--json'], { cwd });
  const { stages = [] } = JSON.parse(stdout) as { stages?: { actions: { id: string }[] }[] };
  const order = stages
    .flatMap(({ actions }) => actions.map(({ id }) => id))
    .filter((id) => /:(prepare|execute)$/.test(id));
  return { cwd, exitCode, order, said: stdout };
}

test.each([
  ['crossRegionReferences', across, 'Data', '/cdk/exports/Beta-Api/'],
  ['a parameter with a dependency', byParameter, 'Shared', '/shop/key'],
])(
  'a change set that reads a parameter is made behind the stack that writes it: %s',
  async (_title, stacks, maker, name) => {
    const { exitCode, order, said } = await planOf(definition(stacks));
    expect(exitCode).toBe(0);
    expect(order.indexOf('Beta/Api:prepare')).toBeGreaterThan(order.indexOf(`Beta/${maker}:execute`));
    expect(said).toContain(`change sets are made stack by stack, as Api needs a value of ${maker} (${name}`);
    const refused = await planOf(definition(stacks, "prepare: 'all',"));
    expect(refused).toMatchObject({ exitCode: 2, said: expect.stringContaining('PREPARE_ALL_IMPOSSIBLE') });
  },
);

test('an output that is read later allows one review of all, which names it', async () => {
  const { cwd, order } = await planOf(definition(weakly, "prepare: 'all',"));
  expect(order.slice(2)).toEqual(['Beta/Data:execute', 'Beta/Api:execute']);
  await expect(runCdkpipe(['synth', '--no-validate'], { cwd })).resolves.toMatchObject({ exitCode: 0 });
  const waiting = await runCdkpipe(['run', '--rehearse', '--skip-build', '--json'], { cwd });
  expect(waiting.exitCode).toBe(5);
  expect(`${waiting.stdout}${waiting.stderr}`).toContain('READ ONLY WHEN EXECUTING, NOT IN THE DIGEST: Api takes ');
});

test('with updateWeakReferences, a commit that changes what is read updates what reads it, and says why', async () => {
  const reading = (name: string) =>
    definition(weakly, `prepare: 'all', updateWeakReferences: true,`)
      .replace("new Topic(data, 'Topic')", `new Topic(data, 'Topic', { displayName: '${name}' })`)
      .replace('waves: [', "rehearsal: { against: 'before' }, waves: [");
  const cwd = makeDirectory({ 'cdkpipe.config.ts': reading('one') });
  const synth = async (...args: string[]) =>
    expect(await runCdkpipe(['synth', '--no-validate', ...args], { cwd })).toMatchObject({ exitCode: 0 });
  await synth('--output', 'before');
  const rehearse = async () => {
    await synth();
    const { stdout, stderr } = await runCdkpipe(['run', '--rehearse', '--skip-build', '--json'], { cwd });
    return `${stdout}${stderr}`;
  };
  expect(await rehearse()).toContain('NOT READ AGAIN: Api keeps ');
  writeFiles(cwd, { 'cdkpipe.config.ts': reading('two') });
  expect(await rehearse()).toContain('UPDATED ONLY TO READ AGAIN, NOT IN THE DIGEST: Api takes ');
});
