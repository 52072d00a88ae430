/** The real `cdk` lists the stacks of an assembly by the names of their deployments. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const cdk = fileURLToPath(new URL('../../../../node_modules/.bin/cdk', import.meta.url));

const app = `
import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
const app = new App({ outdir: 'app.out' });
new Topic(new Stack(app, 'Api', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Topic');
app.synth();
`;

test('stacks that are built, and stacks of an assembly that is copied', async () => {
  const env = "{ account: '222222222222', region: 'eu-west-1' }";
  const override = `waves: [wave('Beta', [
    deploy('Built', { env: ${env}, stacks: (stage) => void new Topic(new Stack(stage, 'Shop'), 'Topic') }),
    deploy('Copied', { env: ${env}, assembly: 'app.out' }),
  ])],`;
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ override }), 'app.mjs': app });
  execFileSync(process.execPath, ['app.mjs'], { cwd });
  const synth = await runCdkpipe(['synth', '--no-validate', '--quiet'], { cwd });
  expect(synth, synth.stderr).toMatchObject({ exitCode: 0 });
  const listed = execFileSync(cdk, ['ls', '--app', 'cdk.out', '--ci'], { cwd: join(cwd), encoding: 'utf8' });
  expect(listed.trim().split('\n')).toEqual([
    'shop-pipeline',
    'shop-pipeline-update',
    'Built/Shop (Built-Shop)',
    'Copied/Api',
  ]);
}, 120_000);
