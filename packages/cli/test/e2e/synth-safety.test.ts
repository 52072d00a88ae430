/** What `cdkpipe synth` must never do: lose a gate, lose an old assembly, or differ from itself. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

/** Every file of a directory with the hash of its content. */
function contentsOf(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(directory.length), createHash('sha256').update(readFileSync(file)).digest('hex')];
    }),
  );
}

const kinds = `
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
const go = manual('Go');
const to = (account) => ({ account, region: 'eu-west-1' });
const stacks = (stage) => { new CfnResource(new Stack(stage, 'Shop'), 'Topic', { type: 'AWS::SNS::Topic' }); };
`;

/** Two deployments that share one approval object. */
const gated = (override = '') =>
  definition({
    before: `import { CfnResource } from 'aws-cdk-lib';${kinds}`,
    override: `plugins: [manualApproval],
  waves: [wave('Prod', [
    deploy('Eu', { env: to('222222222222'), stacks, approvals: [go] }),
    deploy('Us', { env: to('333333333333'), stacks, changes: [manual('Review')], approvals: [go] }),
  ])],
  ${override}`,
  });

interface Stage {
  readonly Name: string;
  readonly Actions: readonly { readonly Name: string; readonly ActionTypeId: { readonly Category: string } }[];
}

function stagesOf(directory: string): readonly Stage[] {
  const template = JSON.parse(readFileSync(join(directory, 'cdk.out', 'shop-pipeline.template.json'), 'utf8'));
  const resources = Object.values<{ Type: string; Properties: { Stages: Stage[] } }>(template.Resources);
  return resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')?.Properties.Stages ?? [];
}

test('one approval object used in two deployments is two actions in the template', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': gated() });
  expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const approvals = stagesOf(cwd).flatMap(({ Name, Actions }) =>
    Actions.filter(({ ActionTypeId }) => ActionTypeId.Category === 'Approval').map(
      (action) => `${Name}: ${action.Name}`,
    ),
  );
  expect(approvals.sort()).toEqual(['Prod: Eu.Go', 'Prod: Us.Go', 'Prod: Us.Review']);
});

test('the same definition gives the same bytes, in another directory too', async () => {
  const [first, second] = ['a', 'b'].map(() => makeDirectory({ 'cdkpipe.config.ts': gated() }));
  const contents = [];
  for (const cwd of [first, first, second]) {
    expect(await runCdkpipe(['synth', '--quiet'], { cwd: String(cwd) })).toMatchObject({ exitCode: 0 });
    contents.push(contentsOf(join(String(cwd), 'cdk.out')));
  }
  expect(contents[1]).toEqual(contents[0]);
  expect(contents[2]).toEqual(contents[0]);
});

describe('an old assembly stays as it was, and nothing lies beside it, when', () => {
  test.each<[string, string, number, string]>([
    [
      'a stack cannot be built',
      definition({
        override:
          "waves: [wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks: () => { throw new Error('no'); } })])],",
      }),
      2,
      'STACKS_FAILED',
    ],
    [
      "CloudFormation's validator finds an error",
      definition({
        before: "import { CfnResource } from 'aws-cdk-lib';",
        override: `waves: [wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks: (stage) => {
          new CfnResource(new Stack(stage, 'Shop'), 'Bucket', { type: 'AWS::S3::Bucket', properties: { BucketNames: 'x' } });
        } })])],`,
      }),
      2,
      'TEMPLATE_INVALID',
    ],
    [
      'the escape hatch takes a gate out of what is emitted',
      gated(`backends: { codepipeline: { customize: ({ pipeline }) => {
        const [stage] = pipeline.stages.filter(({ name }) => name === 'Prod');
        stage.actions = stage.actions.filter(({ name }) => name !== 'Us.Go');
      } } },`),
      70,
      'GATE_LOST',
    ],
    [
      'a plugin takes a gate out of the plan',
      gated(`plugins: [manualApproval, { name: 'thief', api: 1, hooks: {
        plan: (plan) => ({ ...plan, nodes: plan.nodes.filter(({ id }) => id !== 'Us/Go') }),
      } }],`),
      3,
      'GATE_LOST',
    ],
  ])('%s', async (_, broken, exitCode, code) => {
    const cwd = makeDirectory({ 'cdkpipe.config.ts': gated() });
    expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toMatchObject({ exitCode: 0 });
    const before = contentsOf(join(cwd, 'cdk.out'));
    writeFileSync(join(cwd, 'cdkpipe.config.ts'), broken);
    const outcome = await runCdkpipe(['synth', '--json'], { cwd });
    const { errors } = JSON.parse(outcome.stdout);
    expect({ exitCode: outcome.exitCode, code: errors[0]?.code }).toEqual({ exitCode, code });
    expect(contentsOf(join(cwd, 'cdk.out'))).toEqual(before);
    expect(readdirSync(cwd).sort()).toEqual(['cdk.out', 'cdkpipe.config.ts']);
  });
});

test('a directory that holds something else is not replaced', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition(), 'src/precious.ts': 'export {};' });
  const outcome = await runCdkpipe(['synth', '--output', 'src', '--json'], { cwd });
  expect({ exitCode: outcome.exitCode, errors: JSON.parse(outcome.stdout).errors }).toMatchObject({
    exitCode: 2,
    errors: [{ code: 'OUTPUT_NOT_AN_ASSEMBLY' }],
  });
  expect(existsSync(join(cwd, 'src/precious.ts'))).toBe(true);
});

const data = {
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: ['@cdkpipe/plugin-manual-approval'],
  source: { type: 's3', bucket: 'shop-source', key: 'shop.zip' },
  build: { commands: ['npx cdkpipe synth'] },
  waves: [
    {
      name: 'Prod',
      deployments: [
        {
          name: 'Eu',
          env: { account: '222222222222', region: 'eu-west-1' },
          assembly: 'built',
          approvals: [
            {
              parallel: [
                { kind: 'manual', name: 'A' },
                { kind: 'manual', name: 'B', options: { comment: 'b' } },
              ],
            },
          ],
        },
      ],
    },
  ],
};

/** A cloud assembly as `cdk synth` of any language writes it. */
const assembly = {
  'built/manifest.json': JSON.stringify({
    version: '36.0.0',
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://222222222222/eu-west-1',
        properties: {
          templateFile: 'Shop.template.json',
          assumeRoleArn:
            'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-deploy-role-222222222222-eu-west-1',
          cloudFormationExecutionRoleArn:
            'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-eu-west-1',
        },
      },
    },
  }),
  'built/Shop.template.json': JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
};

test.each<[string, string]>([
  ['cdkpipe.config.json', JSON.stringify(data)],
  ['cdkpipe.config.yaml', JSON.stringify(data, undefined, 2)],
  ['package.json', JSON.stringify({ name: 'shop', cdkpipe: data })],
])('plain data in %s, with an assembly of another language, is a definition', async (file, content) => {
  const cwd = makeDirectory({ [file]: content, ...assembly });
  expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(
    stagesOf(cwd)
      .at(-1)
      ?.Actions.map(({ Name }) => Name),
  ).toEqual(['Eu.Shop.Prepare', 'Eu.Shop.Execute', 'Eu.A', 'Eu.B']);
});

test('a rolePolicy that allows too much is a warning with its place, and a note of the plan once it says why', async () => {
  const wide = { effect: 'Allow', actions: ['*'], resources: ['*'] };
  const withPolicies = (more: object) => ({
    ...data,
    build: { ...data.build, rolePolicy: [{ ...wide, ...more }] },
    backends: { codepipeline: { codeBuildDefaults: { steps: { rolePolicy: [{ ...wide, ...more }] } } } },
  });
  const outcomeOf = async (command: string, more = {}) => {
    const content = JSON.stringify(withPolicies(more));
    const cwd = makeDirectory({ 'cdkpipe.config.json': content, ...assembly });
    const { exitCode, stdout } = await runCdkpipe([command, '--json'], { cwd });
    const { warnings, notes = [] } = JSON.parse(stdout);
    return { exitCode, warnings: warnings.map(({ code, path }: Record<string, string>) => [code, path]), notes };
  };
  const warnings = [
    ['ROLE_POLICY_WIDE', 'build.rolePolicy[0]'],
    ['ROLE_POLICY_WIDE', 'backends.codepipeline.codeBuildDefaults.steps.rolePolicy[0]'],
  ];
  expect(await outcomeOf('synth')).toEqual({ exitCode: 0, warnings, notes: [] });
  expect(await outcomeOf('plan')).toMatchObject({ exitCode: 0, warnings });
  const acknowledged = await outcomeOf('plan', { acknowledge: 'a sandbox account' });
  expect(acknowledged).toMatchObject({ exitCode: 0, warnings: [] });
  expect(acknowledged.notes.filter(({ about }: { about: string }) => about === 'rolePolicy')).toHaveLength(2);
});

test.each([
  ['ends the process past `exit`', 'process.reallyExit(0);'],
  [
    'changes the exit code as the process ends',
    "process.on('exit', () => { process.exitCode = 0; }); throw new Error('no');",
  ],
  ['ends the process as it ends', "process.on('exit', () => process.exit(0)); throw new Error('no');"],
  ['ends the process twice', "process.on('exit', () => { process.exitCode = 0; }); process.exit(0);"],
])('a definition that %s does not succeed', async (_title, before) => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ before: `declare const process: any;\n${before}` }) });
  const { exitCode, stdout } = await runCdkpipe(['synth', '--json'], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).errors).toHaveLength(1);
});

test('a process that `stacks` ends leaves no output directory, and an old assembly as it was', async () => {
  const ending = definition({
    before: 'declare const process: any;',
    override: `waves: [wave('Beta', [deploy('Hello', {
      env: { account: '222222222222', region: 'eu-west-1' },
      stacks: (stage) => { new Stack(stage, 'Site'); process.exit(0); },
    })])],`,
  });
  const cwd = makeDirectory({ 'cdkpipe.config.ts': ending });
  const files = () => readdirSync(cwd).sort();
  expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toMatchObject({ exitCode: 2 });
  expect(files()).toEqual(['cdkpipe.config.ts']);
  expect(await runCdkpipe(['synth', '--quiet', '--output', 'deep/out'], { cwd })).toMatchObject({ exitCode: 2 });
  expect(files()).toEqual(['cdkpipe.config.ts']);

  writeFileSync(join(cwd, 'cdkpipe.config.ts'), gated());
  expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toMatchObject({ exitCode: 0 });
  const before = contentsOf(join(cwd, 'cdk.out'));
  writeFileSync(join(cwd, 'cdkpipe.config.ts'), ending);
  expect(await runCdkpipe(['synth', '--quiet'], { cwd })).toMatchObject({ exitCode: 2 });
  expect(contentsOf(join(cwd, 'cdk.out'))).toEqual(before);
  expect(files()).toEqual(['cdk.out', 'cdkpipe.config.ts']);
});
