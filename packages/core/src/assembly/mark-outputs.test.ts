import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, NestedStack, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import type { Assembly } from '../contracts/assembly.ts';
import { output } from '../definition/output.ts';
import { stageClass } from '../definition/stage-class.ts';
import { beta, check, problemsOf, registry, valid } from '../modelling/definition.test.fixture.ts';
import { modelPipeline } from '../modelling/model-pipeline.ts';
import { isGate } from '../plan/node.ts';
import { capabilities, planOf } from '../planner/plan.test.fixture.ts';
import { planPipeline } from '../planner/plan-pipeline.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { buildIn } from './build-assembly.test.fixture.ts';
import { readAssembly } from './read-assembly.ts';

class Api extends Stack {
  readonly url = new CfnOutput(this, 'Url', { value: 'https://example.org' });
}

const elsewhere = new CfnOutput(new Stack(new App(), 'Other'), 'Url', { value: 'x' });

class OrdersStage extends Stage {
  readonly api: Api;
  readonly url: CfnOutput;
  readonly nested: CfnOutput;
  readonly elsewhere = elsewhere;
  readonly missing: CfnOutput | undefined;

  constructor(scope: Construct, id: string, props: StageProps & { readonly prefix: string }) {
    super(scope, id, props);
    this.api = new Api(this, `${props.prefix}Api`);
    this.url = new CfnOutput(this.api, `${props.prefix}Link`, { value: 'https://example.com' });
    const nested = new NestedStack(this.api, 'Nested');
    new CfnResource(nested, 'Topic', { type: 'AWS::SNS::Topic' });
    this.nested = new CfnOutput(nested, 'Inner', { value: 'x' });
  }

  get broken(): CfnOutput {
    throw new Error('not made yet');
  }
}

const stacks = (prefix: string) => stageClass(OrdersStage, { props: { prefix } });

function definition(deployments: readonly Record<string, unknown>[]) {
  return { ...valid, waves: [{ name: 'Beta', deployments: deployments.map((each) => ({ env: beta, ...each })) }] };
}

const directory = () => mkdtempSync(join(tmpdir(), 'cdkpipe-outputs-'));

async function plan(value: Record<string, unknown>, assembly: Assembly) {
  const { pipeline } = await modelPipeline(shapeDefinition(value), registry);
  return planPipeline({
    pipeline,
    assembly,
    registry,
    backend: 'test',
    capabilities,
  });
}

const smoke = check('Smoke', {
  command: 'true',
  env: { URL: output((stage: OrdersStage) => stage.url), API: [output((stage: OrdersStage) => stage.api.url)] },
});

const shared = definition([
  { name: 'Beta', stacks: stacks('Old'), approvals: [smoke] },
  { name: 'Gamma', stacks: stacks('New'), approvals: [smoke] },
]);

const environments = ({ nodes }: Awaited<ReturnType<typeof plan>>) =>
  nodes.filter(isGate).map(({ id, step }) => [id, (step.options as { env: unknown }).env]);

const resolved = [
  [
    'Beta/Smoke',
    {
      URL: { $ref: 'output', stack: 'OldApi', name: 'OldLink' },
      API: [{ $ref: 'output', stack: 'OldApi', name: 'Url' }],
    },
  ],
  [
    'Gamma/Smoke',
    {
      URL: { $ref: 'output', stack: 'NewApi', name: 'NewLink' },
      API: [{ $ref: 'output', stack: 'NewApi', name: 'Url' }],
    },
  ],
];

test('an approval that two deployments share gets the output of each', async () => {
  const { assembly } = await buildIn(directory(), shared);
  const made = await plan(shared, assembly);
  expect(environments(made)).toEqual(resolved);
  expect(made.nodes.filter((node) => node.type === 'execute').map(({ id, outputs }) => [id, outputs])).toEqual([
    ['Beta/OldApi:execute', ['OldLink', 'Url']],
    ['Gamma/NewApi:execute', ['NewLink', 'Url']],
  ]);
});

test('an assembly on disk says which output a property is', async () => {
  const { app, outdir } = await buildIn(directory(), shared);
  app.synth();
  const cdk = findCdkLibrary(import.meta.dirname);
  if ('code' in cdk) throw new Error(cdk.message);
  const { pipeline } = await modelPipeline(shapeDefinition(shared), registry);
  expect(environments(await plan(shared, readAssembly(pipeline, outdir, cdk)))).toEqual(resolved);
});

test('the model holds the reference as data, and nothing of the stage', async () => {
  const { pipeline } = await modelPipeline(shapeDefinition(shared), registry);
  const approvals = pipeline.waves[0]?.deployments[0]?.approvals;
  expect(JSON.parse(JSON.stringify(approvals))).toEqual(approvals);
  expect(JSON.stringify(approvals)).toContain('{"$ref":"output","stack":"/","name":"url"}');
});

test('no template differs for an output that is selected', async () => {
  const { app: selected } = await buildIn(directory(), shared);
  const plain = definition([{ name: 'Beta', stacks: stacks('Old') }]);
  const { app: unselected } = await buildIn(directory(), plain);
  const templateOf = (app: App) => app.synth().getNestedAssembly('assembly-Beta').stacks[0]?.template;
  expect(templateOf(selected)).toEqual(templateOf(unselected));
});

test('a function that returns the construct has its properties selected', async () => {
  const value = definition([
    {
      name: 'Beta',
      stacks: (stage: Stage) => new Api(stage, 'Api'),
      approvals: [check('Smoke', { command: 'true', env: { URL: output((api: Api) => api.url) } })],
    },
  ]);
  const { assembly } = await buildIn(directory(), value);
  expect(environments(await plan(value, assembly))).toEqual([
    ['Beta/Smoke', { URL: { $ref: 'output', stack: 'Api', name: 'Url' } }],
  ]);
});

test.each<[string, (stage: never) => CfnOutput, string]>([
  [
    'is no output',
    (stage: OrdersStage) => stage.api as unknown as CfnOutput,
    '"api" is an object of the class Api, not a CfnOutput',
  ],
  ['is not set', (stage: OrdersStage) => stage.missing as CfnOutput, '"missing" is undefined, not a CfnOutput'],
  ['does not exist', (stage: { ulr: CfnOutput }) => stage.ulr, 'there is no property "ulr"'],
  ['is inside nothing', (stage: { missing: Api }) => stage.missing.url, '"missing" is undefined'],
  ['throws', (stage: OrdersStage) => stage.broken, 'the property "broken" throws: not made yet'],
  [
    'is of another app',
    (stage: OrdersStage) => stage.elsewhere,
    'the output Other/Url belongs to another construct tree',
  ],
  [
    'is of a nested stack',
    (stage: OrdersStage) => stage.nested,
    'the output Beta/OldApi/Nested/Inner is of a nested stack, which only its parent reads',
  ],
])('a property that %s is refused with its place', async (_, select, found) => {
  const approvals = [check('Smoke', { command: 'true', env: { URL: output(select) } })];
  const value = definition([{ name: 'Beta', stacks: stacks('Old'), approvals }]);
  expect(await problemsOf(() => buildIn(directory(), value))).toMatchObject([
    {
      code: 'OUTPUT_NOT_SELECTED',
      message: `${`output((stage) => stage.${output(select).name})`} selects no output of the deployment "Beta": ${found}`,
      path: 'waves[0].deployments[0].approvals[0].options.env.URL',
    },
  ]);
});

test('a property that does not exist is refused with the outputs that are close', async () => {
  const env = { URL: output((stage: { ulr: CfnOutput }) => stage.ulr) };
  const value = definition([
    { name: 'Beta', stacks: stacks('Old'), approvals: [check('Smoke', { command: 'true', env })] },
  ]);
  expect(await problemsOf(() => buildIn(directory(), value))).toMatchObject([{ fix: 'did you mean "url"?' }]);
});

test('a function that returns nothing has no property to select', async () => {
  const env = { URL: output((stage: OrdersStage) => stage.url) };
  const value = definition([
    {
      name: 'Beta',
      stacks: (stage: Stage) => {
        new Api(stage, 'Api');
      },
      approvals: [check('Smoke', { command: 'true', env })],
    },
  ]);
  expect(await problemsOf(() => buildIn(directory(), value))).toMatchObject([
    { code: 'OUTPUT_NOT_SELECTED', fix: 'return the construct that has the output' },
  ]);
});

test('a deployment from an assembly has no stage to select from', async () => {
  const env = { URL: output((stage: OrdersStage) => stage.url) };
  const value = definition([
    { name: 'Beta', assembly: 'built', approvals: [check('Smoke', { command: 'true', env })] },
  ]);
  expect(await problemsOf(() => planOf(value))).toMatchObject([
    {
      code: 'OUTPUT_NOT_SELECTED',
      message: expect.stringContaining('its stacks come from `assembly`, so no stage is constructed'),
      path: 'waves[0].deployments[0].approvals[0].options.env.URL',
      fix: expect.stringContaining('output(stack, name)'),
    },
  ]);
});

test('an assembly that does not say which output a property is was not made by this definition', async () => {
  const value = definition([{ name: 'Beta', stacks: stacks('Old'), approvals: [smoke] }]);
  expect(await problemsOf(() => planOf(value))).toMatchObject([
    { code: 'OUTPUT_NOT_SELECTED', message: expect.stringContaining('the cloud assembly does not say') },
    { code: 'OUTPUT_NOT_SELECTED' },
  ]);
});

test('a property is not known before the deployment has executed', async () => {
  const early = check('Early', { command: 'true', env: { URL: output((stage: OrdersStage) => stage.url) } });
  const value = {
    ...definition([{ name: 'Beta', stacks: stacks('Old'), changes: [early] }]),
    build: { commands: ['npx cdkpipe synth'], before: [early] },
  };
  const { assembly } = await buildIn(directory(), value);
  expect(await problemsOf(() => plan(value, assembly))).toMatchObject([
    {
      code: 'OUTPUT_NOT_KNOWN_YET',
      message: 'output((stage) => stage.url) is used before the deployment that makes it has executed',
      path: 'build.before[0].options.env.URL',
    },
    { code: 'OUTPUT_NOT_KNOWN_YET', path: 'waves[0].deployments[0].changes[0].options.env.URL' },
  ]);
});
