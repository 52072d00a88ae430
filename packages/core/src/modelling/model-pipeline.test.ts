import { describe, expect, test } from 'vitest';
import { registerPlugins } from '../contracts/registry.ts';
import { gatesOf } from '../model/gates.ts';
import { stepsOf } from '../model/workflow.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { ask, beta, check, problemsOf, registry, stacks, valid, withDeployment } from './definition.test.fixture.ts';
import { modelPipeline } from './model-pipeline.ts';

const model = (value: unknown) => modelPipeline(shapeDefinition(value), registry);
const at = 'waves[0].deployments[0]';
const deployment = (name: string) => ({ name, env: beta, stacks });

const refusals: [title: string, value: unknown, problems: Record<string, unknown>[]][] = [
  [
    'a deployment without stacks and assembly',
    withDeployment({ stacks: undefined }),
    [{ code: 'DEPLOYMENT_EMPTY', path: at }],
  ],
  ['a deployment with both', withDeployment({ assembly: 'cdk.out' }), [{ code: 'DEPLOYMENT_AMBIGUOUS', path: at }]],
  [
    'two deployments of one name in different waves',
    {
      ...valid,
      waves: [
        { name: 'A', deployments: [deployment('Eu')] },
        { name: 'B', deployments: [deployment('EU')] },
      ],
    },
    [
      {
        code: 'DEPLOYMENT_NAME_TAKEN',
        path: 'waves[1].deployments[0].name',
        message: expect.stringContaining('waves[0].deployments[0]'),
      },
    ],
  ],
  [
    'two waves whose names differ by case',
    {
      ...valid,
      waves: [
        { name: 'Prod', deployments: [deployment('A')] },
        { name: 'PROD', deployments: [deployment('B')] },
      ],
    },
    [{ code: 'WAVE_NAME_TAKEN', path: 'waves[1].name' }],
  ],
  [
    'a wave called like a stage that every pipeline has',
    { ...valid, waves: [{ name: 'build', deployments: [deployment('A')] }] },
    [{ code: 'WAVE_NAME_RESERVED', path: 'waves[0].name' }],
  ],
  [
    'two steps of one name in one deployment',
    withDeployment({ changes: [ask('Review')], approvals: [ask('review')] }),
    [{ code: 'STEP_NAME_TAKEN', path: `${at}.approvals[0].name` }],
  ],
  [
    'a deployment name that would be laid over another in the assembly',
    withDeployment({ name: 'Beta-' }),
    [{ code: 'NAME_INVALID', path: `${at}.name`, fix: expect.stringContaining('hyphen') }],
  ],
  [
    'a deployment name that cannot be a CDK stage',
    withDeployment({ name: '1st@prod' }),
    [{ code: 'NAME_INVALID', path: `${at}.name`, fix: expect.stringContaining('letter') }],
  ],
  [
    'a kind that nobody brings',
    withDeployment({ approvals: [{ kind: 'aks', name: 'Go' }] }),
    [{ code: 'KIND_UNKNOWN', path: `${at}.approvals[0].kind`, fix: expect.stringContaining('did you mean "ask"') }],
  ],
  [
    'a kind in a position it does not have',
    { ...valid, build: { ...valid.build, before: [ask('Sure')] } },
    [{ code: 'STEP_MISPLACED', path: 'build.before[0]' }],
  ],
  [
    'an option that the kind does not know',
    withDeployment({ approvals: [check('Smoke', { comand: 'true', command: 'true' })] }),
    [{ code: 'UNKNOWN_KEY', path: `${at}.approvals[0].options.comand`, fix: 'did you mean "command"?' }],
  ],
  [
    'a missing option',
    withDeployment({ approvals: [{ parallel: [check('Smoke', {})] }] }),
    [{ code: 'OPTIONS_INVALID', path: `${at}.approvals[0].parallel[0].options.command` }],
  ],
  [
    'options for a kind that takes none',
    withDeployment({ approvals: [{ kind: 'bare', name: 'X', options: { a: 1 } }] }),
    [{ code: 'OPTIONS_INVALID', path: `${at}.approvals[0].options` }],
  ],
  [
    'something that is no step',
    withDeployment({ changes: ['Go'] }),
    [{ code: 'STEP_INVALID', path: `${at}.changes[0]` }],
  ],
  [
    'an empty parallel group',
    withDeployment({ approvals: [{ parallel: [] }] }),
    [{ code: 'PARALLEL_EMPTY', path: `${at}.approvals[0]` }],
  ],
  [
    'a place to run in that is none',
    withDeployment({ approvals: [check('Smoke', { command: 'true', runIn: 'moon' })] }),
    [{ code: 'VALUE_INVALID', path: `${at}.approvals[0].options.runIn` }],
  ],
  [
    'an additional source that triggers',
    { ...valid, additionalSources: { vendor: { type: 's3', bucket: 'libs', key: 'k', trigger: 'poll' } } },
    [{ code: 'ADDITIONAL_SOURCE_TRIGGERS', path: 'additionalSources["vendor"].trigger' }],
  ],
  [
    'a directory outside of the workspace',
    { ...valid, additionalSources: { '../up': { type: 's3', bucket: 'libs', key: 'k' } } },
    [{ code: 'DIRECTORY_INVALID', path: 'additionalSources["../up"]' }],
  ],
  [
    'directories inside one another',
    {
      ...valid,
      additionalSources: {
        vendor: { type: 's3', bucket: 'libs', key: 'k' },
        'vendor/lib': { type: 'ecr', repository: 'base' },
      },
    },
    [{ code: 'DIRECTORY_TAKEN', path: 'additionalSources["vendor/lib"]' }],
  ],
];

describe('a pipeline is refused for', () => {
  test.each(refusals)('%s', async (_, value, problems) => {
    expect(await problemsOf(() => model(value))).toEqual(problems.map((problem) => expect.objectContaining(problem)));
  });
});

test('one approval object used in two deployments gates both', async () => {
  const approval = ask('Go');
  const { pipeline } = await model({
    ...valid,
    waves: [
      { name: 'Prod', deployments: ['Eu', 'Us'].map((name) => ({ ...deployment(name), approvals: [approval] })) },
    ],
  });
  expect(gatesOf(pipeline).map(({ id }) => id)).toEqual(['Eu/Go', 'Us/Go']);
});

test('a wave and a deployment of one name keep their gates apart', async () => {
  const { pipeline } = await model({
    ...valid,
    waves: [{ name: 'Beta', before: [ask('Go')], deployments: [{ ...deployment('Beta'), approvals: [ask('Go')] }] }],
  });
  expect(gatesOf(pipeline).map(({ id }) => id)).toEqual(['Beta:before/Go', 'Beta/Go']);
});

test('the model is frozen all the way down and holds no functions', async () => {
  const { pipeline, builders } = await model(withDeployment({ approvals: [check('Smoke')] }));
  expect(structuredClone(pipeline)).toEqual(pipeline);
  expect(Object.isFrozen(pipeline.waves[0]?.deployments[0]?.approvals)).toBe(true);
  expect(builders.get('Beta')).toBe(stacks);
});

test('runIn is resolved to an environment and taken out of the options', async () => {
  const { pipeline } = await model(
    withDeployment({ approvals: [check('Here'), check('There', { command: 'true', runIn: 'target' })] }),
  );
  const steps = stepsOf(pipeline.waves[0]?.deployments[0]?.approvals ?? { type: 'sequence', items: [] });
  expect(steps.map(({ runIn, options }) => ({ runIn, options }))).toEqual([
    { runIn: valid.env, options: { command: 'true' } },
    { runIn: beta, options: { command: 'true' } },
  ]);
});

test.each([
  [
    'a schema that throws',
    () => {
      throw new Error('boom');
    },
    { code: 'PLUGIN_FAILED', message: expect.stringContaining('boom') },
  ],
  [
    'a schema whose promise rejects',
    async () => {
      throw new Error('boom');
    },
    { code: 'PLUGIN_FAILED', message: expect.stringContaining('boom') },
  ],
  [
    'a schema that never settles',
    () => new Promise<never>(() => {}),
    {
      code: 'PLUGIN_TIMED_OUT',
      message: 'the schema of the kind "ask" did not settle within 0.02 s',
      fix: expect.stringContaining('CDKPIPE_PLUGIN_TIMEOUT'),
    },
  ],
  ['a schema that answers with a number', () => 5, { code: 'PLUGIN_FAILED' }],
  ['a schema that answers with nothing that counts', () => ({}), { code: 'PLUGIN_FAILED' }],
  ['a schema with an issue that is none', () => ({ issues: [null] }), { code: 'PLUGIN_FAILED' }],
  [
    'a schema with an issue whose words are a symbol',
    () => ({ issues: [{ message: Symbol('x'), path: [null] }] }),
    { code: 'PLUGIN_FAILED' },
  ],
])('%s is the fault of its plugin', async (_, answer, problem) => {
  const validate = answer as () => never;
  const options = { '~standard': { version: 1 as const, vendor: 'test', validate } };
  const kinds = [{ name: 'ask', summary: '', options }];
  const broken = registerPlugins([{ name: 'broken', version: '0.0.1', api: 1, kinds }], { timeoutMs: 20 });
  const problems = await problemsOf(() =>
    modelPipeline(shapeDefinition(withDeployment({ approvals: [ask('Go')] })), broken),
  );
  const path = `${at}.approvals[0].options`;
  expect(problems).toEqual([expect.objectContaining({ plugin: 'broken', version: '0.0.1', path, ...problem })]);
});

test('a schema that answers with a promise is waited for', async () => {
  const validate = async (value: unknown) => ({ value: { ...(value as object), checked: true } });
  const options = { '~standard': { version: 1 as const, vendor: 'test', validate } };
  const late = registerPlugins([{ name: 'late', api: 1, kinds: [{ name: 'ask', summary: '', options }] }]);
  const { pipeline } = await modelPipeline(shapeDefinition(withDeployment({ approvals: [ask('Go')] })), late);
  expect(
    pipeline.waves.flatMap(({ deployments }) => deployments.flatMap(({ approvals }) => stepsOf(approvals))),
  ).toEqual([expect.objectContaining({ options: expect.objectContaining({ checked: true }) })]);
});

test('the output of the build is where `cdkpipe synth` writes, seen from the root of the source', async () => {
  const outputOf = async (build: object, place: string) =>
    (await modelPipeline(shapeDefinition({ ...valid, build: { ...valid.build, ...build } }), registry, place)).pipeline
      .build.output;
  expect(await outputOf({}, '')).toBe('cdk.out');
  expect(await outputOf({}, 'packages/infra')).toBe('packages/infra/cdk.out');
  expect(await outputOf({ output: 'dist' }, 'packages/infra')).toBe('dist');
});

test.each(['..', '../..', '.'])('the root of the source may be "%s"', (root) => {
  expect(shapeDefinition({ ...valid, root }).root).toBe(root);
});

test.each(['packages', '../other', '/srv', '..\\..', ''])('the root of the source may not be "%s"', async (root) => {
  expect(await problemsOf(() => shapeDefinition({ ...valid, root }))).toMatchObject([
    { code: 'VALUE_INVALID', path: 'root' },
  ]);
});

test('whether weak references cause an update is what the deployment says, else the definition, else no', async () => {
  const modelled = async (of: Record<string, unknown>, all: Record<string, unknown> = {}) => {
    const { pipeline } = await model({ ...withDeployment(of), ...all });
    return pipeline.waves[0]?.deployments[0]?.updateWeakReferences;
  };
  const on = { updateWeakReferences: true };
  const off = { updateWeakReferences: false };
  expect([await modelled({}), await modelled(on), await modelled({}, on), await modelled(off, on)]).toEqual([
    undefined,
    true,
    true,
    undefined,
  ]);
});
