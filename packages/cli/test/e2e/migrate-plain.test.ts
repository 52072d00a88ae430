/** Moves an app that is deployed by `cdk deploy`: nothing in production gets a second copy, and no template changes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const cdk = fileURLToPath(new URL('../../../../node_modules/.bin/cdk', import.meta.url));

const app = `
import { App, CfnOutput, Names, Stack, Stage } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

const app = new App();
for (const [name, account] of [['Dev', '222222222222'], ['Prod', '333333333333']]) {
  const env = { account, region: 'eu-west-1' };
  const data = new Stack(app, name + 'Data', { env, tags: { name } });
  new EventBus(data, 'Bus');
  const bucket = new Bucket(data, 'Files', { bucketName: 'orders-' + Names.uniqueId(data).toLowerCase() });
  new Asset(data, 'Code', { path: __filename });
  const api = new Stack(app, name + 'Api', { env, stackName: 'orders-' + name });
  new CfnOutput(api, 'Bucket', { value: bucket.bucketArn });
}
new EventBus(new Stack(app, 'Anywhere'), 'Bus');
new EventBus(new Stack(new Stage(app, 'Late', { env: { account: '444444444444', region: 'eu-west-1' } }), 'Deep'), 'Bus');
app.synth();
`;

const makeApp = (files: Readonly<Record<string, string>> = {}) =>
  makeDirectory({
    'cdk.json': JSON.stringify({
      app: 'npx tsx bin/app.ts',
      context: { '@aws-cdk/core:enablePartitionLiterals': true },
    }),
    'package.json': '{ "name": "@acme/orders", "private": true }',
    'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'commonjs' } }),
    'bin/app.ts': app,
    ...files,
  });

/** What the command knows of this machine: nothing. */
const nobody = { AWS_CONFIG_FILE: '/nowhere/config', CDK_DEFAULT_ACCOUNT: '', CDK_DEFAULT_REGION: '', AWS_REGION: '' };

/** Templates below a directory by the name of their file. */
function templatesBelow(directory: string): Map<string, Buffer> {
  const files = readdirSync(directory, { recursive: true }).map(String);
  return new Map(
    files
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [basename(file), readFileSync(join(directory, file))]),
  );
}

test('an app without a pipeline moves: one deployment for each environment, and every template is what cdk synth wrote', async () => {
  const cwd = makeApp();
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'release'], { cwd });
  execFileSync('git', ['remote', 'add', 'origin', 'https://someone:s3cret@github.com/acme/orders.git'], { cwd });
  const { exitCode, stdout, stderr } = await runCdkpipe(['migrate', '--json'], { cwd, env: nobody });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  expect(report.errors).toEqual([]);
  expect(report.stacks.map(({ name, verdict }: Record<string, string>) => `${name} ${verdict}`)).toEqual([
    'Late-Deep same',
    'DevData same',
    'orders-Dev same',
    'ProdData same',
    'orders-Prod same',
    'Anywhere same',
  ]);
  // The connection is still to be made, and nobody said where Anywhere goes.
  expect(report.notes.filter(({ type }: { type: string }) => type === 'open')).toHaveLength(2);
  expect(exitCode).toBe(1);
  await expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toMatchFileSnapshot(
    'migrate-plain.expected.ts.txt',
  );

  // As the build does it: the real cdk command writes the app, then the definition is synthesised.
  execFileSync(process.execPath, [cdk, 'synth', '--quiet', '--output', 'cdk.out.app'], {
    cwd,
    env: { ...process.env, CI: 'true' },
  });
  const synth = await runCdkpipe(['synth', '--json'], { cwd });
  expect(synth).toMatchObject({ exitCode: 0, stderr: '' });
  const before = templatesBelow(join(cwd, 'cdk.out.app'));
  const deployed = readdirSync(join(cwd, 'cdk.out')).filter((name) => name.startsWith('assembly-'));
  expect(deployed.toSorted()).toEqual(['assembly-Anywhere', 'assembly-Dev', 'assembly-Late', 'assembly-Prod']);
  const after = new Map(deployed.flatMap((name) => [...templatesBelow(join(cwd, 'cdk.out', name))]));
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  for (const [file, bytes] of after) expect(bytes.equals(before.get(file) ?? Buffer.of()), file).toBe(true);
}, 180_000);

test('an app that asks the cdk command for its account gets that of the deployment in the build, not that of the pipeline', async () => {
  const cwd = makeApp({
    'bin/app.ts': `
import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
new EventBus(new Stack(new App(), 'Api', { env }), 'Bus');
`,
    'aws-config': '[profile prod]\nsso_account_id = 333333333333\nregion = eu-central-1\n',
  });
  const env = { ...nobody, AWS_DEFAULT_REGION: '', AWS_CONFIG_FILE: join(cwd, 'aws-config'), AWS_PROFILE: 'prod' };
  const { stdout } = await runCdkpipe(['migrate', '--json'], { cwd, env });
  const { stacks } = JSON.parse(stdout);
  expect(stacks).toMatchObject([{ name: 'Api', verdict: 'same', environment: 'aws://333333333333/eu-central-1' }]);
  const definition = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  expect(definition).toContain(
    "--app 'CDK_DEFAULT_ACCOUNT=333333333333 CDK_DEFAULT_REGION=eu-central-1 npx tsx bin/app.ts'",
  );
  expect(definition).toContain(
    "deploy('App', { env: { account: '333333333333', region: 'eu-central-1' }, assembly: 'cdk.out.app' })",
  );
}, 120_000);
