/** What a run was planned with is what it deploys: a file that changes behind an approval ends it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../runs/project.test.fixture.ts';

/** @param smoke a command of the step between the waves */
const definition = (smoke: string) => `
import { fileURLToPath } from 'node:url';
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const env = { account: '222222222222', region: 'eu-west-1' };
const app = (stage) => {
  const stack = new Stack(stage, 'Api');
  new CfnTopic(stack, 'Topic');
  new Asset(stack, 'Files', { path: fileURLToPath(new URL('files', import.meta.url)) });
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env, stacks: app, approvals: [codebuild('Smoke', { commands: [${JSON.stringify(smoke)}] })] })]),
    wave('Prod', [deploy('Prod', { env, stacks: app, changes: [manual('Review')] })]),
  ],
});
`;

async function projectWith(smoke: string) {
  const project = makeProject(definition(smoke));
  mkdirSync(join(project.directory, 'files'));
  writeFileSync(join(project.directory, 'files/run.sh'), 'echo harmless\n', { mode: 0o755 });
  await project.synthesize();
  return project;
}

type Project = Awaited<ReturnType<typeof projectWith>>;

/** Files below the sealed assembly of a run. */
function sealedFiles({ directory }: Project, run: string): string[] {
  const root = join(directory, '.cdkpipe/runs', run, 'sealed');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, file))
    .filter((file) => statSync(file).isFile());
}

const rewrite = (file: string, text: string) => {
  chmodSync(file, 0o600);
  writeFileSync(file, text);
};

test('a step that rewrites the template of a later wave ends the run', async () => {
  const project = await projectWith(
    'for f in $(find ../../.. -path "*sealed*Prod*.template.json"); do chmod 600 "$f"; sed "s/Topic/Evil/" "$f" > x; cp x "$f"; done',
  );
  const { end, events } = await project.run({ answers: [{ step: '*', decision: 'approve' }] });
  expect(end).toBe('failed');
  const failed = events.flatMap((event) => (event.type === 'actionEnded' && event.outcome === 'failed' ? [event] : []));
  expect(failed.length).toBeGreaterThan(0);
  for (const { reason } of failed) expect(reason).toMatch(/Prod.*\.template\.json has changed .*ASSEMBLY_CHANGED/);
  expect(events.filter((event) => event.type === 'actionEnded' && event.node === 'Prod/Api:execute')).toEqual([]);
});

test('a step gets a copy, and what it does to it changes nothing', async () => {
  const project = makeProject(
    definition('rm -rf cdk.out && mkdir -p cdk.out && echo "{}" > cdk.out/manifest.json').replace(
      'commands: ["rm',
      'inputs: ["cdk.out"], commands: ["rm',
    ),
  );
  mkdirSync(join(project.directory, 'files'));
  writeFileSync(join(project.directory, 'files/a'), 'a');
  await project.synthesize();
  expect((await project.run({ answers: [{ step: '*', decision: 'approve' }] })).end).toBe('succeeded');
});

test.each([
  ['an asset', (file: string) => file.endsWith('run.sh')],
  ['a template', (file: string) => /Prod.*\.template\.json$/.test(file)],
  ['the parameters of a stack', (file: string) => /Prod\/manifest\.json$/.test(file)],
  ['an asset manifest', (file: string) => /Prod.*\.assets\.json$/.test(file)],
])(
  '%s that changes while a gate waits ends the run, also where changes of the definition are accepted',
  async (_what, isWanted) => {
    const project = await projectWith('true');
    const { run, end } = await project.run({});
    expect(end).toBe('waiting');
    const [file = ''] = sealedFiles(project, run).filter(isWanted);
    expect(statSync(file).mode & 0o222).toBe(0);
    rewrite(file, `${readFileSync(file, 'utf8')} `);
    const answers = [{ step: '*', decision: 'approve' as const }];
    const resumed = project.run({ resume: run, acceptChange: true, answers });
    await expect(resumed).rejects.toMatchObject({ code: 'ASSEMBLY_CHANGED', source: 'user' });
  },
);

test('a file that is added, or a seal that is made anew, is noticed too', async () => {
  const project = await projectWith('true');
  const { run } = await project.run({});
  const root = join(project.directory, '.cdkpipe/runs', run);
  writeFileSync(join(root, 'sealed/more.json'), '{}');
  await expect(project.run({ resume: run })).rejects.toMatchObject({ code: 'ASSEMBLY_CHANGED' });
  rmSync(join(root, 'sealed/more.json'));
  writeFileSync(join(root, 'seal.json'), '{}');
  await expect(project.run({ resume: run })).rejects.toMatchObject({ code: 'ASSEMBLY_CHANGED' });
});

test('an archive that is put into the cache of the publisher is not there when it publishes', async () => {
  const project = await projectWith('true');
  mkdirSync(join(project.directory, 'cdk.out/.cache'));
  writeFileSync(join(project.directory, 'cdk.out/.cache/x.zip'), 'evil');
  const { run } = await project.run({});
  expect(existsSync(join(project.directory, '.cdkpipe/runs', run, 'sealed/.cache'))).toBe(false);
});

test('a link out of the assembly cannot be sealed', async () => {
  const project = await projectWith('true');
  symlinkSync('/etc/passwd', join(project.directory, 'cdk.out/outside'));
  await expect(project.run({})).rejects.toMatchObject({ code: 'ASSET_OUTSIDE' });
});
