/** What the publishers of a deployed pipeline upload, with the real `cdk-assets`, as their roles and to where they may. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { type BuildHost, makePrograms, runBuild } from '../loopback-aws/builds.test.fixture.ts';
import { actionsOf } from '../loopback-aws/deployed-pipeline.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { makeToolHost } from '../loopback-aws/run-tool.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const target = { account: '222222222222', region: 'us-east-1' };

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const stacks = (stage) => {
  const stack = new Stack(stage, 'Shop');
  new CfnTopic(stack, 'Topic');
  new Asset(stack, 'Page', { path: 'page.html' });
  new Asset(stack, 'Site', { path: 'site' });
  new DockerImageAsset(stack, 'Image', { directory: 'image', buildArgs: { GREETING: 'a $(b) "c"' } });
};
export default defineConfig({
  name: 'shop',
  env: { account: '${home.account}', region: '${home.region}' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Prod', [deploy('Prod', { env: { account: '${target.account}', region: '${target.region}' }, stacks })])],
});
`;

// cdk-assets uploads what is no longer than an empty ZIP archive, of 22 bytes, each time.
const page = '<p>The page of the shop</p>';
const host = makeToolHost();
let build: BuildHost;
let directory: string;
beforeAll(async () => {
  const aws = await startLoopbackAws();
  directory = makeDirectory({
    'cdkpipe.config.ts': definition,
    'page.html': page,
    'site/a b.txt': 'a',
    'image/Dockerfile': 'FROM scratch',
  });
  const synth = await runCdkpipe(['synth', '--no-validate'], { cwd: directory });
  expect(synth, synth.stderr).toMatchObject({ exitCode: 0 });
  for (const place of [home, { ...home, region: target.region }, target]) bootstrap(aws.world, place, home.account);
  const cwd = join(directory, 'cdk.out');
  const env = aws.environment(administratorOf(home.account), home.region);
  const deployed = await host.run('cdk', ['--app', '.', 'deploy', 'shop-pipeline', '--require-approval', 'never'], {
    cwd,
    env,
  });
  expect(deployed, deployed.output).toMatchObject({ exitCode: 0 });
  // Writes down its arguments, a line each call; images are not known to it.
  const docker = `#!/usr/bin/env node
    const { appendFileSync, readFileSync } = require('node:fs');
    const [first, ...rest] = process.argv.slice(2);
    const input = first === 'login' ? readFileSync(0, 'utf8') : undefined;
    appendFileSync(${JSON.stringify(join(directory, 'docker-calls'))}, JSON.stringify([first, ...rest, ...(input ? [input] : [])]) + '\\n');
    process.exitCode = first === 'inspect' ? 1 : 0;
  `;
  build = { aws, host, programs: makePrograms(directory, { docker }) };
});
afterAll(() => build.aws.close());

const bucket = 'cdk-hnb659fds-assets-222222222222-us-east-1';
const repository = '222222222222.dkr.ecr.us-east-1.amazonaws.com/cdk-hnb659fds-container-assets-222222222222-us-east-1';

/** Runs all publishers, and returns what they asked AWS. */
async function publish() {
  const from = build.aws.log.length;
  for (const { name } of actionsOf(build.aws).filter((action) => action.name.startsWith('Publish.'))) {
    const { exitCode, output } = await runBuild(build, name, join(directory, 'cdk.out'));
    expect(exitCode, output).toBe(0);
  }
  return build.aws.log.slice(from);
}

const uploads = (calls: Awaited<ReturnType<typeof publish>>) =>
  calls.filter(({ operation }) => operation.startsWith('s3 PUT'));

test('files are uploaded once, by the publishing role of their account', async () => {
  const calls = await publish();
  // That an image is not there yet is what the tool wants to know.
  expect(calls.filter(({ outcome }) => !['ok', 'ImageNotFoundException'].includes(outcome))).toEqual([]);
  const roles = new Set(uploads(calls).map(({ caller }) => caller.split('/')[1]));
  expect(roles).toEqual(new Set(['cdk-hnb659fds-file-publishing-role-222222222222-us-east-1']));

  const stored = [...(build.aws.world.objects.get(bucket)?.entries() ?? [])];
  const found = stored.find(([key]) => key.endsWith('.html'));
  expect(found?.[1].body.toString()).toBe(page);
  const [site] = stored.flatMap(([key, { body }]) => (key.endsWith('.zip') ? [Object.keys(unzipSync(body))] : []));
  expect(site).toEqual(['a b.txt']);
  expect(uploads(await publish())).toEqual([]);
});

test('images are built with the arguments of the definition, as they are, and pushed to their account', () => {
  const calls = readFileSync(join(directory, 'docker-calls'), 'utf8').trimEnd().split('\n');
  const docker = calls.map((line) => JSON.parse(line) as string[]);
  expect(docker.find(([command]) => command === 'login')).toEqual(
    expect.arrayContaining([
      '--username',
      'AWS',
      '--password-stdin',
      expect.stringContaining('222222222222.dkr.ecr.us-east-1'),
      'password',
    ]),
  );
  expect(docker.find(([command]) => command === 'build')).toContain('GREETING=a $(b) "c"');
  expect(docker.find(([command]) => command === 'push')?.at(-1)).toMatch(new RegExp(`^${repository}:[0-9a-f]{64}$`));
});

// Which version, and that its integrity is checked: tool-builds.test.ts and install-tool.test.ts of the backend.
test('publishers install their tool by a lock file and without scripts, and call nothing but AWS', () => {
  const installed = readFileSync(join(directory, 'installed'), 'utf8').trimEnd().split('\n');
  for (const command of installed) expect(command).toMatch(/^ci --ignore-scripts --no-audit --no-fund --prefix \//);
  expect(host.escapes()).toEqual([]);
});
