/** The assembly of a pipeline, deployed by the real `cdk` command into accounts on loopback. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { type LoopbackAws, startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { makeToolHost } from '../loopback-aws/run-tool.test.fixture.ts';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const host = makeToolHost();
const deployArgs = ['--app', '.', 'deploy', '--require-approval', 'never', '--progress', 'events', '--ci'];

/** By the administrator of the pipeline's account, as docs/getting-started.md says. */
const deploy = (aws: LoopbackAws, assembly: string, stack: string) =>
  host.run('cdk', [...deployArgs, stack], {
    cwd: assembly,
    env: aws.environment(administratorOf(home.account), home.region),
  });

const statusOf = ({ world }: LoopbackAws) =>
  Object.fromEntries(
    world.stacks
      .filter(({ name }) => name !== 'CDKToolkit')
      .map(({ account, region, name, status }) => [`${account}/${region}/${name}`, status]),
  );

describe('the example', () => {
  let aws: LoopbackAws;
  let assembly: string;
  beforeAll(async () => {
    aws = await startLoopbackAws();
    assembly = `${makeDirectory()}/cdk.out`;
    const cwd = fileURLToPath(new URL('../../../../examples/orders', import.meta.url));
    const synth = await runCdkpipe(['synth', '--no-validate', '--output', assembly], { cwd });
    expect(synth, synth.stderr).toMatchObject({ exitCode: 0 });
    for (const [account, region] of [
      ['111111111111', 'eu-west-1'],
      ['111111111111', 'us-east-1'],
      ['222222222222', 'eu-west-1'],
      ['333333333333', 'eu-west-1'],
    ] as const)
      bootstrap(aws.world, { account, region }, home.account);
  });
  afterAll(() => aws.close());

  test('is not deployed where an environment is not bootstrapped, and the command says which', async () => {
    const { exitCode, output } = await deploy(aws, assembly, 'orders-pipeline');
    expect(exitCode).toBe(1);
    const role = 'arn:aws:iam::333333333333:role/cdk-hnb659fds-deploy-role-333333333333-us-east-1';
    expect(output).toContain(`not authorized to perform: sts:AssumeRole on resource: ${role}`);
    expect(output).toContain("(re)-bootstrap the environment with the right '--trust'");
    expect(statusOf(aws)).toEqual({});
  });

  test('is deployed when the last environment is bootstrapped', async () => {
    const arguments_ = [
      '--trust',
      home.account,
      '--cloudformation-execution-policies',
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ];
    const env = aws.environment(administratorOf('333333333333'), 'us-east-1');
    const bootstrapped = await host.run('cdk', ['bootstrap', 'aws://333333333333/us-east-1', ...arguments_], {
      cwd: assembly,
      env,
    });
    expect(bootstrapped, bootstrapped.output).toMatchObject({ exitCode: 0 });
    // What other tests do without the command.
    const [toolkit, ...others] = aws.world.stacks.filter(({ name }) => name === 'CDKToolkit').toReversed();
    for (const other of others) expect(other.parameters).toEqual(toolkit?.parameters);

    const { exitCode, output } = await deploy(aws, assembly, 'orders-pipeline');
    expect(exitCode, output).toBe(0);
    expect(statusOf(aws)).toEqual({
      '222222222222/eu-west-1/orders-pipeline-support-for-111111111111-eu-west-1': 'CREATE_COMPLETE',
      '333333333333/eu-west-1/orders-pipeline-support-for-111111111111-eu-west-1': 'CREATE_COMPLETE',
      '333333333333/us-east-1/orders-pipeline-support-for-111111111111-eu-west-1': 'CREATE_COMPLETE',
      '111111111111/us-east-1/orders-pipeline-support-for-111111111111-eu-west-1': 'CREATE_COMPLETE',
      '111111111111/eu-west-1/orders-pipeline-update': 'CREATE_COMPLETE',
      '111111111111/eu-west-1/orders-pipeline': 'CREATE_COMPLETE',
    });
  });

  test('is not changed by a second deployment of the same assembly', async () => {
    const from = aws.log.length;
    const { exitCode, output } = await deploy(aws, assembly, 'orders-pipeline');
    expect(exitCode, output).toBe(0);
    expect(output).toContain('orders-pipeline (no changes)');
    expect(aws.log.slice(from).filter(({ operation }) => operation === 'ExecuteChangeSet')).toEqual([]);
  });

  test('never called anything but loopback', () => expect(host.escapes()).toEqual([]));
});

test('a first deployment that failed leaves nothing behind, and is repeated', async () => {
  const aws = await startLoopbackAws();
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd })).toMatchObject({ exitCode: 0 });
  bootstrap(aws.world, home, home.account);
  aws.world.failures.push({ type: 'AWS::CodePipeline::Pipeline', reason: 'Rate exceeded' });
  const before = aws.world.store.everything();

  const failed = await deploy(aws, `${cwd}/cdk.out`, 'shop-pipeline');
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain('Rate exceeded');
  expect(statusOf(aws)).toEqual({
    '111111111111/eu-west-1/shop-pipeline-update': 'CREATE_COMPLETE',
    '111111111111/eu-west-1/shop-pipeline': 'ROLLBACK_COMPLETE',
  });
  // The stack that comes first was deployed, and stays.
  const update = aws.world.stacks.find(({ name }) => name === 'shop-pipeline-update');
  const kept = [...(update?.resources.values() ?? [])].map(({ resource }) => resource);
  expect(new Set(aws.world.store.everything())).toEqual(new Set([...before, ...kept]));

  const repeated = await deploy(aws, `${cwd}/cdk.out`, 'shop-pipeline');
  expect(repeated.exitCode, repeated.output).toBe(0);
  expect(aws.world.stacks.at(-1)?.status).toBe('CREATE_COMPLETE');
  expect(host.escapes()).toEqual([]);
  aws.close();
});
