/** `cdkpipe doctor` with accounts on loopback. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { type LoopbackAws, startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const connection = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789';
const source = `source: source.connection('acme/shop', { branch: 'main', connectionArn: '${connection}' }),`;

let aws: LoopbackAws;
beforeEach(async () => {
  aws = await startLoopbackAws();
});
afterEach(() => aws.close());

interface Found {
  readonly check: string;
  readonly subject?: string;
  readonly status: string;
  readonly message: string;
  readonly fix?: string;
  readonly code?: string;
}

async function examine(override = source, { as = home.account, flags = [] as string[] } = {}) {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ override }) });
  const env = aws.environment(administratorOf(as), home.region);
  const { stdout, stderr, exitCode } = await runCdkpipe(['doctor', '--json', ...flags], { cwd, env });
  const { findings, errors } = JSON.parse(stdout || '{}') as { findings: Found[]; errors: unknown[] };
  expect(errors, stderr).toEqual([]);
  return { exitCode, findings, of: (status: string) => findings.filter((finding) => finding.status === status) };
}

describe('where everything is set up', () => {
  beforeEach(() => {
    bootstrap(aws.world, home, '');
    bootstrap(aws.world, beta, home.account);
    aws.world.connections.set(connection, 'AVAILABLE');
  });

  test('every check is ok', async () => {
    const { exitCode, findings, of } = await examine();
    expect(of('ok')).toEqual(findings);
    expect(findings.map(({ check, subject = '' }) => `${check} ${subject}`.trim())).toEqual([
      'node',
      'aws-cdk-lib',
      'constructs',
      'aws-cdk',
      'definition',
      'plugins',
      'credentials',
      'bootstrap 111111111111/eu-west-1',
      'bootstrap 222222222222/eu-west-1',
      'trust 222222222222/eu-west-1',
      `connection ${connection}`,
    ]);
    expect(exitCode).toBe(0);
  });

  test('nothing is asked with --offline', async () => {
    const { exitCode, of } = await examine(source, { flags: ['--offline'] });
    expect(of('skipped')).toHaveLength(1);
    expect(of('failure')).toEqual([]);
    expect(exitCode).toBe(0);
    expect(aws.log).toEqual([]);
  });

  test('a pending connection fails with where it is completed', async () => {
    aws.world.connections.set(connection, 'PENDING');
    const { exitCode, of } = await examine();
    expect(of('failure')).toEqual([
      expect.objectContaining({
        check: 'connection',
        fix: 'choose "Update pending connection" at https://console.aws.amazon.com/codesuite/settings/connections?region=eu-west-1',
      }),
    ]);
    expect(exitCode).toBe(1);
  });

  test('a connection of the older service is asked there', async () => {
    const older = connection.replace('codeconnections', 'codestar-connections');
    aws.world.connections.set(older, 'AVAILABLE');
    const { of } = await examine(source.replace(connection, older));
    expect(of('failure')).toEqual([]);
  });

  test('only reading is done', async () => {
    await examine();
    expect(new Set(aws.log.map(({ operation }) => operation))).toEqual(
      new Set(['GetCallerIdentity', 'GetParameter', 'AssumeRole', 'DescribeStacks', 'GetConnection']),
    );
    expect(aws.log.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });
});

test('environments that are not bootstrapped fail with the command for each', async () => {
  const { exitCode, of } = await examine();
  expect(of('failure').map(({ check, fix }) => [check, fix])).toEqual([
    ['bootstrap', 'npx cdk bootstrap aws://111111111111/eu-west-1'],
    [
      'bootstrap',
      'npx cdk bootstrap aws://222222222222/eu-west-1 --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    ['connection', expect.stringContaining('create it')],
  ]);
  expect(exitCode).toBe(1);
});

test('an environment that trusts others fails, and the command keeps those', async () => {
  bootstrap(aws.world, beta, '999999999999');
  const { of } = await examine("source: source.codeCommit('shop'),", { as: beta.account });
  expect(of('failure')).toEqual([
    expect.objectContaining({
      check: 'trust',
      message: 'does not trust 111111111111, where the pipeline lives',
      fix: 'npx cdk bootstrap aws://222222222222/eu-west-1 --trust 999999999999 --trust 111111111111',
    }),
  ]);
  // The home of the pipeline cannot be read from there, which says nothing about it.
  expect(of('warning')).toEqual([expect.objectContaining({ subject: '111111111111/eu-west-1' })]);
});

test('a definition that does not load is a finding with its code, and AWS is not asked', async () => {
  const { exitCode, of } = await examine('waves: [],');
  expect(of('failure')).toEqual([expect.objectContaining({ check: 'definition', code: expect.any(String) })]);
  expect(of('skipped')).toEqual([expect.objectContaining({ check: 'aws' })]);
  expect(exitCode).toBe(1);
  expect(aws.log).toEqual([]);
});

test('credentials that AWS refuses are one failure', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const env = { ...aws.environment(administratorOf(home.account), home.region), AWS_ACCESS_KEY_ID: 'AKIANOBODY' };
  const { stdout, exitCode } = await runCdkpipe(['doctor'], { cwd, env: { ...env, NO_COLOR: '1' } });
  expect(stdout).toContain('✖ credentials\n    AWS cannot be asked: InvalidClientTokenId');
  expect(stdout).toContain('1 failure');
  expect(exitCode).toBe(1);
});
