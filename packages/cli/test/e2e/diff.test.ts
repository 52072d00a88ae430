/** `cdkpipe diff`, against the last synth and against accounts on loopback. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { newStack } from '../loopback-aws/stack.test.fixture.ts';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };

const gated = (approvals: string) =>
  definition({
    before: `import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';`,
    override: `plugins: [manualApproval],
  waves: [wave('Beta', [
    deploy('Beta', {
      env: { account: '222222222222', region: 'eu-west-1' },
      stacks: (stage) => { new CfnOutput(new Stack(stage, 'Shop'), 'Out', { value: 'x' }); },
      approvals: [${approvals}],
    }),
    ]),
    wave('Prod', [
    deploy('Prod', {
      env: { account: '333333333333', region: 'eu-west-1' },
      stacks: (stage) => { new CfnOutput(new Stack(stage, 'Shop'), 'Out', { value: 'x' }); },
    }),
  ])],`,
  });

async function synthesized(approvals = "manual('Sign')"): Promise<string> {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': gated(approvals) });
  const { exitCode, stderr } = await runCdkpipe(['synth', '--quiet', '--no-validate'], { cwd });
  expect(exitCode, stderr).toBe(0);
  return cwd;
}

describe('against the last synth', () => {
  test('a definition that says the same is the same, and nothing is written', async () => {
    const cwd = await synthesized();
    const before = readdirSync(cwd, { recursive: true });
    const { stdout, exitCode } = await runCdkpipe(['diff'], { cwd, env: { NO_COLOR: '1' } });
    expect([exitCode, stdout]).toEqual([0, '✔ the pipeline is the same as cdk.out\n']);
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  });

  test('a gate that is removed comes first, and the exit code is 1', async () => {
    const cwd = await synthesized();
    writeFileSync(join(cwd, 'cdkpipe.config.ts'), gated(''));
    const { stdout, exitCode } = await runCdkpipe(['diff'], { cwd, env: { NO_COLOR: '1' } });
    expect(exitCode).toBe(1);
    const [, , title, first, waits] = stdout.split('\n');
    expect([title, first]).toEqual(['gates', '  ✖ Beta/Beta.Sign vanishes']);
    expect(waits).toContain('no longer waiting for it: Prod/Prod.Shop.Prepare, Prod/Prod.Shop.Execute');
  });

  test('permissions that a step adds are rows of effect, principal, action and resource', async () => {
    const cwd = await synthesized();
    const text = gated("manual('Sign')").replace(
      'build({ commands',
      "build({ rolePolicy: [{ effect: 'Allow', actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::acme'] }], commands",
    );
    writeFileSync(join(cwd, 'cdkpipe.config.ts'), text);
    const { stdout, exitCode, stderr } = await runCdkpipe(['diff', '--json'], { cwd });
    expect(exitCode, stderr).toBe(1);
    const { gates, stages, statements } = JSON.parse(stdout);
    expect([gates, stages]).toEqual([[], []]);
    expect(statements).toEqual([
      {
        change: 'added',
        stack: 'shop-pipeline',
        logicalId: expect.stringMatching(/^build.*Role/),
        effect: 'Allow',
        principal: expect.stringMatching(/^build.*Role/),
        actions: ['s3:ListBucket'],
        resource: 'arn:aws:s3:::acme',
      },
    ]);
  });

  test('where there was none, the definition is refused with what to do', async () => {
    const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
    const { stderr, exitCode } = await runCdkpipe(['diff'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/there is no cloud assembly in .*cdk\.out/);
  });
});

test('a backend that emits no stacks has nothing to compare', async () => {
  const cwd = await synthesized();
  const { stdout, exitCode } = await runCdkpipe(['diff', '--backend', 'local', '--json'], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).errors[0].code).toBe('NOTHING_TO_COMPARE');
});

describe('against what is deployed', () => {
  async function deployed(cwd: string, change: (template: string) => string = (template) => template) {
    const aws = await startLoopbackAws();
    onTestFinished(() => aws.close());
    for (const name of ['shop-pipeline', 'shop-pipeline-update']) {
      const stack = newStack(name, home);
      stack.status = 'UPDATE_COMPLETE';
      stack.templateText = change(readFileSync(join(cwd, `cdk.out/${name}.template.json`), 'utf8'));
      aws.world.stacks.push(stack);
    }
    const env = aws.environment(administratorOf(home.account), home.region);
    const { stdout, stderr, exitCode } = await runCdkpipe(['diff', '--deployed', '--json'], { cwd, env });
    return { exitCode, aws, document: JSON.parse(stdout || '{}'), stderr };
  }

  test('the same templates are the same', async () => {
    const { exitCode, document, stderr, aws } = await deployed(await synthesized());
    expect([exitCode, document.isSame, document.against], stderr).toEqual([0, true, 'deployed']);
    expect(new Set(aws.log.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity', 'GetTemplate']));
  });

  test('a gate that is deployed and no longer declared is found', async () => {
    const cwd = await synthesized();
    writeFileSync(join(cwd, 'cdkpipe.config.ts'), gated(''));
    const { exitCode, document } = await deployed(cwd);
    expect(exitCode).toBe(1);
    expect(document.gates).toEqual([expect.objectContaining({ change: 'vanished', name: 'Beta/Beta.Sign' })]);
  });

  test('a template that cannot be read is refused with its stack', async () => {
    const { exitCode, document } = await deployed(await synthesized(), () => 'Resources: {}');
    expect(exitCode).toBe(2);
    expect(document.errors.map(({ code }: { code: string }) => code)).toEqual([
      'DEPLOYED_NOT_READ',
      'DEPLOYED_NOT_READ',
    ]);
  });
});
