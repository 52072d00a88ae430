/** What publishers are told to upload, read by the tool that uploads it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const config = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { NestedStack, Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';

const stacks = (stage) => {
  const shop = new Stack(stage, 'Shop');
  new CfnTopic(new NestedStack(shop, 'Nested'), 'Topic');
  new Asset(shop, 'Page', { path: 'page.html' });
  new DockerImageAsset(shop, 'Image', {
    directory: 'image', buildArgs: { SOME_ARGUMENT: 'x' }, buildSecrets: { token: 'src=page.html' }, cacheDisabled: true,
  });
};

export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks })])],
});
`;

test('cdk-assets, in the version that publishers install, knows every asset on their lists', async () => {
  const project = makeDirectory({ 'cdkpipe.config.ts': config, 'page.html': '', 'image/Dockerfile': 'FROM scratch' });
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd: project })).toMatchObject({ exitCode: 0 });
  const assembly = join(project, 'cdk.out');
  const template = JSON.parse(readFileSync(join(assembly, 'shop-pipeline.template.json'), 'utf8'));
  const variables = JSON.stringify(template);
  const tool = createRequire(import.meta.url).resolve('cdk-assets/package.json');
  expect(variables).toContain(JSON.parse(readFileSync(tool, 'utf8')).version);

  const lists = readdirSync(join(assembly, 'publish')).map((file) =>
    readFileSync(join(assembly, 'publish', file), 'utf8'),
  );
  const lines = lists.flatMap((text) => text.trimEnd().split('\n'));
  expect(lines).toHaveLength(6);
  for (let at = 0; at < lines.length; at += 2) {
    const [manifest = '', selector = ''] = lines.slice(at, at + 2);
    const listing = spawnSync(process.execPath, [join(dirname(tool), 'bin/cdk-assets'), '--path', manifest, 'ls'], {
      cwd: assembly,
      encoding: 'utf8',
    });
    expect(listing).toMatchObject({ status: 0, stdout: expect.stringContaining(selector) });
  }
});
