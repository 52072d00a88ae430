import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { type RenderedFiles, removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';
import { runUpdate } from '../fixture/update-world.test.fixture.ts';
import type { CodePipelineOptionsInput } from '../options/options.ts';

afterEach(removeRendered);

const usual = { account: '111111111111', region: 'eu-west-1' };
const role = (what: string, account: string, region: string) =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-role-${account}-${region}`;

/** A pipeline whose last steps run in the given environments. */
const pipelineWith = (
  steps: readonly { account: string; region: string }[],
  options: CodePipelineOptionsInput = {},
) => {
  const approvals = steps.map((_, index) => `Check${index}`);
  const deployments = [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals }];
  const runIn = Object.fromEntries(steps.map((env, index) => [`Beta/Check${index}`, env]));
  return renderPlan(planOf({ deployments, runIn }), {
    options,
    drawStep: ({ name }, context) => context.codeBuild({ category: 'Test', commands: [name] }),
  });
};

const inRegion = { account: '111111111111', region: 'ap-south-1' };
const inAccount = { account: '222222222222', region: 'eu-west-1' };
const inBoth = { account: '333333333333', region: 'us-east-1' };
const supportOf = (rendered: RenderedFiles) =>
  Object.keys(JSON.parse(rendered.read('manifest.json')).artifacts).filter((id) => /-support-[^.]*$/.test(id));
const deploysOf = (events: readonly string[]) => events.filter((event) => event.startsWith('deploy '));

describe('an update', () => {
  it('that changes nothing deploys nothing', async () => {
    const { status, events } = runUpdate(await pipelineWith([inBoth]), await pipelineWith([inBoth]));
    expect({ status, deployed: deploysOf(events) }).toEqual({ status: 0, deployed: [] });
  });

  it.each([
    ['a first region of the same account', [], [inRegion]],
    ['a first account', [], [inAccount]],
    ['a further account and region', [inAccount], [inAccount, inBoth]],
    ['another account instead', [inAccount], [inBoth]],
    ['several accounts', [], [inAccount, inBoth, { account: '444444444444', region: 'eu-west-1' }]],
    ['none any more', [inAccount, inRegion], []],
  ])('from nothing or little to %s is allowed by what is deployed', async (_, before, after) => {
    const [deployed, next] = [await pipelineWith(before), await pipelineWith(after)];
    const { status, events, stderr } = runUpdate(deployed, next);
    expect({ status, stderr, refused: events.filter((event) => event.startsWith('refuse')) }).toEqual({
      status: 0,
      stderr: '',
      refused: [],
    });
    const deploys = deploysOf(events);
    expect(deploys[0]).toBe('deploy orders-pipeline-update');
    expect(deploys.at(-1)).toBe('deploy orders-pipeline');
    const known = supportOf(deployed);
    const added = supportOf(next).filter((id) => !known.includes(id));
    expect(deploys).toEqual(expect.arrayContaining(added.map((id) => `deploy ${id}`)));
  });

  it('waits until IAM knows the roles that were just granted', async () => {
    const [deployed, next] = [await pipelineWith([]), await pipelineWith([inBoth])];
    const { status, events, stdout } = runUpdate(deployed, next, { lag: 1 });
    expect(events).toContain(`refuse ${role('deploy', inBoth.account, inBoth.region)}`);
    expect(stdout).toContain(`waiting until ${role('deploy', inBoth.account, inBoth.region)} can be assumed`);
    expect(status).toBe(0);
    expect(deploysOf(events).at(-1)).toBe('deploy orders-pipeline');
  });

  it('changes no stack with resources where an account is not bootstrapped or does not trust, and says what to do', async () => {
    const [deployed, next] = [await pipelineWith([]), await pipelineWith([inAccount, inBoth])];
    const { status, stderr, events } = runUpdate(deployed, next, { untrusting: [inBoth.account] });
    expect(status).toBe(1);
    expect(deploysOf(events)).toEqual(['deploy orders-pipeline-update']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringContaining('No stack with resources of the pipeline was changed'),
      expect.stringMatching(
        /^cdkpipe: 333333333333\/us-east-1: arn:aws:iam::333333333333:role\/cdk-\S+: An error occurred \(AccessDenied\)/,
      ),
      expect.stringMatching(
        /^cdkpipe: 333333333333\/us-east-1: arn:aws:iam::333333333333:role\/cdk-\S+: An error occurred \(AccessDenied\)/,
      ),
      'cdkpipe: run with credentials of each account, then retry this stage:',
      '  npx cdk bootstrap aws://333333333333/us-east-1 --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess',
      expect.stringContaining('--trust and --cloudformation-execution-policies replace'),
    ]);
  });

  it('asks for no trust in a region of its own account', async () => {
    const [deployed, next] = [await pipelineWith([]), await pipelineWith([inRegion])];
    const { stderr } = runUpdate(deployed, next, { untrusting: [inRegion.account] });
    // The account's first stack cannot be deployed then either; the command line itself says so.
    expect(stderr).toContain('Could not assume role');
  });

  it('goes on without trying roles where the image has no aws command', async () => {
    const [deployed, next] = [await pipelineWith([inAccount]), await pipelineWith([inAccount, inBoth])];
    const { status, stdout } = runUpdate(deployed, next, { aws: false });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('no aws command') });
  });

  it('to the assembly of an older release deploys the stack of the pipeline only', async () => {
    const [deployed, next] = [await pipelineWith([inAccount]), await pipelineWith([inAccount])];
    rmSync(join(next.app.outdir, 'update'), { recursive: true });
    expect(runUpdate(deployed, next).status).toBe(0);
  });

  it('as a role of the author renders no role, and tries what the author grants', async () => {
    const own = 'arn:aws:iam::111111111111:role/update';
    const rendered = await pipelineWith([inBoth], { existing: { projectRoles: { selfUpdate: own } } });
    expect(() => rendered.template('orders-pipeline-update')).toThrow('ENOENT');
    expect(rendered.resource('AWS::CodeBuild::Project', 'update').Source.BuildSpec).not.toContain('--exclusively');
    const { status, stderr } = runUpdate(rendered, rendered);
    expect(status).toBe(1);
    expect(stderr).toContain('npx cdk bootstrap aws://333333333333/us-east-1');
  });
});

describe('the role of the update', () => {
  it('may assume exactly the roles of the stacks of its version, and nothing by a pattern', async () => {
    const rendered = await pipelineWith([inAccount]);
    const { Policies, RoleName } = rendered.resource('AWS::IAM::Role', '', 'orders-pipeline-update');
    const environments = [inAccount, usual];
    expect(Policies[0].PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: environments.flatMap(({ account, region }) => [
          role('deploy', account, region),
          role('file-publishing', account, region),
        ]),
      },
    ]);
    expect(rendered.resource('AWS::CodeBuild::Project', 'update').ServiceRole).toBe(
      `arn:aws:iam::111111111111:role/${RoleName}`,
    );
  });

  it('is deployed before every other stack, and needs none of them', async () => {
    const { artifacts } = JSON.parse((await pipelineWith([inAccount, inRegion])).read('manifest.json'));
    const dependsOnIt = Object.keys(artifacts).filter((id) =>
      (artifacts[id].dependencies ?? []).includes('orders-pipeline-update'),
    );
    expect(dependsOnIt.toSorted()).toEqual([
      'orders-pipeline',
      'orders-pipeline-support-222222222222-eu-west-1',
      'orders-pipeline-support-ap-south-1',
    ]);
    expect(artifacts['orders-pipeline-update'].dependencies).toEqual(['orders-pipeline-update.assets']);
  });
});
