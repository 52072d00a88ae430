/** One action of a plan, carried out alone from the assembly that a synth has left. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => {
          for (const id of ['Data', 'Api']) {
            const stack = new Stack(stage, id);
            new CfnTopic(stack, 'Topic');
            new CfnOutput(stack, 'Url', { value: 'https://example.com/' });
          }
        },
        changes: [manual('Look')],
      }),
      deploy('Direct', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => { new CfnTopic(new Stack(stage, 'Site'), 'Topic'); },
        prepare: false,
      }),
    ]),
  ],
});
`;
const publish = 'Beta:publish/222222222222/eu-west-1';

let cwd: string;
beforeAll(async () => {
  cwd = makeDirectory({ 'cdkpipe.config.ts': definition });
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd })).toMatchObject({ exitCode: 0 });
});

async function action(...args: string[]) {
  const { exitCode, stdout, stderr } = await runCdkpipe(['action', ...args, '--json'], { cwd });
  return { exitCode, stderr, document: JSON.parse(stdout) };
}
const codes = ({ errors }: { errors: { code: string }[] }) => errors.map(({ code }) => code);

test('a prepare hands its change set to the execute of the same stack, and no gate is asked', async () => {
  const prepared = await action('Beta/Api:prepare');
  expect(prepared.exitCode, prepared.stderr).toBe(0);
  expect(prepared.document).toMatchObject({
    node: 'Beta/Api:prepare',
    type: 'prepare',
    mode: 'rehearsal',
    run: 'action',
    gates: [],
    prepared: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), changes: { isNew: true } },
  });
  writeFileSync(join(cwd, 'api.json'), JSON.stringify(prepared.document));
  const executed = await action('Beta/Api:execute', '--prepared', 'api.json');
  expect(executed).toMatchObject({
    exitCode: 0,
    document: { gates: ['Beta/Look'], executed: { outputs: { Url: 'https://example.com/' } } },
  });
});

test('assets are published alone, and a stack without a change set is executed alone', async () => {
  expect(await action(publish)).toMatchObject({
    exitCode: 0,
    document: { type: 'publish', summary: expect.any(String) },
  });
  expect(await action('Direct/Site:execute')).toMatchObject({ exitCode: 0, document: { type: 'execute', gates: [] } });
});

test.each<[string, string[], string]>([
  ['an action that is not there', ['Beta/Api:exec'], 'NODE_UNKNOWN'],
  ['a gate', ['Beta/Look'], 'ACTION_NOT_DEPLOYED'],
  ['the build', ['build'], 'ACTION_NOT_DEPLOYED'],
  ['an execute without its change set', ['Beta/Api:execute'], 'PREPARED_MISSING'],
  ['a change set for what needs none', [publish, '--prepared', 'x.json'], 'PREPARED_UNUSED'],
  ['a file that is not there', ['Beta/Api:execute', '--prepared', 'x.json'], 'PREPARED_UNREADABLE'],
  ['a file that is something else', ['Beta/Api:execute', '--prepared', 'cdk.out/manifest.json'], 'PREPARED_UNREADABLE'],
  ['a name that CloudFormation does not take', [publish, '--run', 'a b'], 'FLAG_INVALID'],
  ['an assembly of no definition', [publish, '--assembly', 'cdk.out/assembly-Beta'], 'ASSEMBLY_NOT_OF_DEFINITION'],
  ['to work on accounts without a word from anybody', [publish, '--deploy'], 'CREDENTIALS_MISSING'],
])('refuses %s', async (_, args, code) => {
  const { exitCode, document } = await action(...args);
  expect({ exitCode, codes: codes(document) }).toEqual({ exitCode: 2, codes: [code] });
});

test('refuses the change set of another stack or another run', async () => {
  const { document } = await action('Beta/Data:prepare');
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(document));
  expect(codes((await action('Beta/Api:execute', '--prepared', 'data.json')).document)).toEqual(['PREPARED_OF_OTHER']);
  const other = await action('Beta/Data:execute', '--prepared', 'data.json', '--run', 'other');
  expect(codes(other.document)).toEqual(['PREPARED_OF_OTHER']);
});

test('refuses an assembly that was made before the definition changed', async () => {
  const file = join(cwd, 'cdkpipe.config.ts');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n// changed\n`);
  expect(codes((await action(publish)).document)).toEqual(['ASSEMBLY_STALE']);
  writeFileSync(file, definition);
});
