import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type BackendCapabilities, everySource } from '../contracts/capabilities.ts';
import { defineKind, type LowerContext } from '../contracts/kind.ts';
import { registerPlugins } from '../contracts/registry.ts';
import { output } from '../definition/output.ts';
import {
  ask,
  beta,
  check,
  plugin,
  problemsOf,
  stacks,
  valid,
  withDeployment,
} from '../modelling/definition.test.fixture.ts';
import { isGate } from '../plan/node.ts';
import { edgesOf, planOf, stack, taken } from './plan.test.fixture.ts';

const deployment = (name: string, change: Record<string, unknown> = {}) => ({ name, env: beta, stacks, ...change });
const chain = [stack('Data'), stack('Api', { dependencies: ['Data'] })];
const importing = [
  stack('Data', { outputs: ['Table'] }),
  stack('Api', { dependencies: ['Data'], imports: [taken('Data', 'Data:Table')], outputs: ['Url'] }),
];

test('sources, build and update come before the first wave', async () => {
  expect(edgesOf(await planOf())).toEqual([
    'source',
    'build <- source',
    'update <- build',
    'Beta:publish/222222222222/eu-west-1 <- update',
    'Beta/App:prepare <- Beta:publish/222222222222/eu-west-1',
    'Beta/App:execute <- Beta/App:prepare',
  ]);
});

test('a backend without self-update has no such group', async () => {
  const plan = await planOf(valid, [stack('App')], { selfUpdate: false });
  expect(plan.groups.map(({ name }) => name)).toEqual(['Source', 'Build', 'Beta']);
});

test('steps before and after the build stand in its group', async () => {
  const plan = await planOf({ ...valid, build: { ...valid.build, before: [check('Lint')], after: [check('Scan')] } });
  expect(edgesOf(plan).slice(1, 4)).toEqual([
    'build:step/Lint <- source',
    'build <- build:step/Lint',
    'build:step/Scan <- build',
  ]);
  expect(plan.nodes.filter(({ group }) => group === 'Build').map(({ name }) => name)).toEqual([
    'Lint',
    'Build',
    'Scan',
  ]);
});

describe('change sets', () => {
  test('are all made before one review when no stack needs a value of another', async () => {
    const plan = await planOf(withDeployment({ changes: [ask('Review')] }), chain);
    expect(edgesOf(plan).slice(4)).toEqual([
      'Beta/Data:prepare <- Beta:publish/222222222222/eu-west-1',
      'Beta/Api:prepare <- Beta:publish/222222222222/eu-west-1',
      'Beta/Review <- Beta/Data:prepare, Beta/Api:prepare',
      'Beta/Data:execute <- Beta/Review',
      'Beta/Api:execute <- Beta/Data:execute',
    ]);
    expect(plan.notes).toEqual([]);
  });

  test('are made and reviewed stack by stack when a stack needs an export of another, and the plan says why', async () => {
    const plan = await planOf(withDeployment({ changes: [ask('Review')] }), importing);
    expect(edgesOf(plan).slice(4)).toEqual([
      'Beta/Data:prepare <- Beta:publish/222222222222/eu-west-1',
      'Beta/Review:Data <- Beta/Data:prepare',
      'Beta/Data:execute <- Beta/Review:Data',
      'Beta/Api:prepare <- Beta:publish/222222222222/eu-west-1, Beta/Data:execute',
      'Beta/Review:Api <- Beta/Api:prepare',
      'Beta/Api:execute <- Beta/Review:Api',
    ]);
    expect(plan.notes).toEqual([
      { about: 'Beta', text: 'change sets are made stack by stack, as Api needs a value of Data (Data:Table)' },
    ]);
  });

  test('are made stack by stack with every stack named that needs a value, and of which', async () => {
    const monitoring = stack('Monitoring', {
      dependencies: ['Api'],
      imports: ['Api', 'Data', 'Api'].map((from) => taken(from, 'x')),
    });
    const [note] = (await planOf(withDeployment({}), [...importing, monitoring])).notes;
    expect(note?.text).toMatch(/, as Api needs a value of Data \(Data:Table\), Monitoring of Api and Data$/);
  });

  test('cannot all be made first when a stack needs an export of another, and the refusal says which', async () => {
    const problems = await problemsOf(() => planOf(withDeployment({ prepare: 'all' }), importing));
    expect(problems).toMatchObject([
      {
        code: 'PREPARE_ALL_IMPOSSIBLE',
        path: `${at}.prepare`,
        message: expect.stringMatching(/: Api needs a value of Data \(Data:Table\)$/),
      },
    ]);
  });

  test('are made stack by stack when another stack may make a value, and all first when that is asked for', async () => {
    const doubt = 'a custom resource (Custom::Key) may make it';
    const doubting = [
      stack('Data'),
      stack('Api', { dependencies: ['Data'], imports: [taken('Data', '/app/key', { kind: 'parameter', doubt })] }),
    ];
    const edges = edgesOf(await planOf(withDeployment({}), doubting));
    expect(edges).toContain('Beta/Api:prepare <- Beta:publish/222222222222/eu-west-1, Beta/Data:execute');
    expect((await planOf(withDeployment({}), doubting)).notes[0]?.text).toBe(
      `change sets are made stack by stack, as Api may need a value of Data (/app/key: ${doubt})`,
    );
    const asked = await planOf(withDeployment({ prepare: 'all' }), doubting);
    expect(edgesOf(asked)).toContain('Beta/Data:execute <- Beta/Data:prepare, Beta/Api:prepare');
    expect(asked.notes[0]?.text).toContain('as asked for; on a first deployment that fails where');
  });

  describe('of a stack that takes an output while it executes', () => {
    const weak = [
      stack('Data'),
      stack('Api', {
        dependencies: ['Data'],
        imports: [taken('Data', 'Table', { kind: 'output', readAt: 'execute' })],
      }),
    ];

    test('are made stack by stack, and the plan offers the other way', async () => {
      const plan = await planOf(withDeployment({}), weak);
      expect(edgesOf(plan)).toContain('Beta/Api:prepare <- Beta:publish/222222222222/eu-west-1, Beta/Data:execute');
      expect(plan.notes[0]?.text).toContain("prepare: 'all' makes them all first");
    });

    test('are all made first when that is asked for, and the plan says what happens on a first deployment', async () => {
      const plan = await planOf(withDeployment({ prepare: 'all' }), weak);
      expect(edgesOf(plan)).toContain('Beta/Data:execute <- Beta/Data:prepare, Beta/Api:prepare');
      expect(plan.notes[0]?.text).toMatch(/read only when they execute \(Api takes an output of Data \(Table\)\)/);
      expect(plan.notes[0]?.text).toMatch(/if the first deployment fails there/);
    });

    test.each(['all', 'each', false, undefined])(
      'are said not to follow the output, with prepare %s',
      async (prepare) => {
        const plan = await planOf(withDeployment(prepare === undefined ? {} : { prepare }), weak);
        expect(plan.notes.at(-1)).toEqual({
          about: 'Beta',
          text: expect.stringContaining('keeps the old one when the output changes'),
        });
      },
    );

    test('are said to be updated with the other stack where that is asked for', async () => {
      const plan = await planOf(withDeployment({ updateWeakReferences: true }), weak);
      expect(plan.notes.at(-1)).toEqual({
        about: 'Beta',
        text: expect.stringMatching(
          /^Api takes an output of Data \(Table\): .*so that it is updated, after that stack has executed/,
        ),
      });
    });

    test('cannot all be made first where another value is needed before', async () => {
      const both = [...weak, stack('Web', { dependencies: ['Data'], imports: [taken('Data', 'Data:Key')] })];
      expect(await problemsOf(() => planOf(withDeployment({ prepare: 'all' }), both))).toMatchObject([
        { code: 'PREPARE_ALL_IMPOSSIBLE', message: expect.stringMatching(/: Web needs a value of Data \(Data:Key\)$/) },
      ]);
    });
  });

  test('are not made when that is asked for', async () => {
    const plan = await planOf(withDeployment({ prepare: false }), chain);
    expect(plan.nodes.slice(4)).toMatchObject([
      { id: 'Beta/Data:execute', changeSet: false },
      { id: 'Beta/Api:execute', changeSet: false, after: ['Beta:publish/222222222222/eu-west-1', 'Beta/Data:execute'] },
    ]);
  });
});

describe('where change sets need no assets', () => {
  const early = { preparesBeforePublishing: true };
  const publish = 'Beta:publish/222222222222/eu-west-1';

  test('only the execution waits for them, so that both are made at the same time', async () => {
    expect(edgesOf(await planOf(withDeployment({ changes: [ask('Review')] }), chain, early)).slice(3)).toEqual([
      `${publish} <- update`,
      'Beta/Data:prepare <- update',
      'Beta/Api:prepare <- update',
      'Beta/Review <- Beta/Data:prepare, Beta/Api:prepare',
      `Beta/Data:execute <- Beta/Review, ${publish}`,
      'Beta/Api:execute <- Beta/Data:execute',
    ]);
    expect(edgesOf(await planOf(withDeployment({}), importing, early)).slice(4)).toEqual([
      'Beta/Data:prepare <- update',
      `Beta/Data:execute <- Beta/Data:prepare, ${publish}`,
      'Beta/Api:prepare <- update, Beta/Data:execute',
      'Beta/Api:execute <- Beta/Api:prepare',
    ]);
    expect(edgesOf(await planOf(withDeployment({ prepare: false }), [stack('App')], early)).slice(4)).toEqual([
      `Beta/App:execute <- update, ${publish}`,
    ]);
  });

  test('a stack whose change set reads assets waits for them before that', async () => {
    const nested = [stack('App', { preparesFromAssets: true }), stack('Bare', { preparesFromAssets: true })];
    expect(edgesOf(await planOf(valid, nested, early)).slice(4)).toEqual([
      `Beta/App:prepare <- ${publish}`,
      `Beta/Bare:prepare <- ${publish}`,
      'Beta/App:execute <- Beta/App:prepare, Beta/Bare:prepare',
      'Beta/Bare:execute <- Beta/App:prepare, Beta/Bare:prepare',
    ]);
  });

  test('gates before a wave still hold back every change set', async () => {
    const plan = await planOf({ ...valid, waves: [{ ...valid.waves[0], before: [ask('Window')] }] }, undefined, early);
    expect(edgesOf(plan).slice(5)).toEqual([
      'Beta/App:prepare <- Beta:before/Window',
      `Beta/App:execute <- Beta/App:prepare, ${publish}`,
    ]);
  });
});

test('gates before a wave hold back every change set, not the publishing', async () => {
  const plan = await planOf({ ...valid, waves: [{ ...valid.waves[0], before: [ask('Window')] }] });
  expect(edgesOf(plan).slice(3)).toEqual([
    'Beta:publish/222222222222/eu-west-1 <- update',
    'Beta:before/Window <- update',
    'Beta/App:prepare <- Beta:publish/222222222222/eu-west-1, Beta:before/Window',
    'Beta/App:execute <- Beta/App:prepare',
  ]);
});

test('approvals run in sequence, parallel groups at the same time, and the next wave waits for all', async () => {
  const approvals = [check('Smoke'), { parallel: [[ask('A'), ask('B')], ask('C')] }, ask('Done')];
  const plan = await planOf({
    ...valid,
    waves: [
      { name: 'Beta', deployments: [deployment('Beta', { approvals }), deployment('Other')] },
      { name: 'Prod', deployments: [deployment('Prod')] },
    ],
  });
  expect(edgesOf(plan).filter((line) => !line.includes('prepare <-'))).toEqual(
    expect.arrayContaining([
      'Beta/Smoke <- Beta/App:execute',
      'Beta/A <- Beta/Smoke',
      'Beta/B <- Beta/A',
      'Beta/C <- Beta/Smoke',
      'Beta/Done <- Beta/B, Beta/C',
      'Prod:publish/222222222222/eu-west-1 <- Beta/Done, Other/App:execute',
    ]),
  );
});

test('one publisher serves every deployment of a wave in one environment', async () => {
  const elsewhere = { account: '333333333333', region: 'us-east-1' };
  const plan = await planOf({
    ...valid,
    waves: [{ name: 'Beta', deployments: [deployment('A'), deployment('B'), deployment('C', { env: elsewhere })] }],
  });
  expect(plan.nodes.filter(({ type }) => type === 'publish')).toMatchObject([
    { name: 'Publish.222222222222.eu-west-1', manifests: ['App.assets.json'] },
    { name: 'Publish.333333333333.us-east-1', manifests: ['App.assets.json'] },
  ]);
});

test('a kind without a renderer is lowered, and its nodes stand for the gate that was declared', async () => {
  const lowered = { kind: 'askAndCheck', name: 'Both', options: { command: 'true' } };
  const plan = await planOf(withDeployment({ approvals: [lowered] }));
  expect(plan.nodes.filter(isGate)).toMatchObject([
    { id: 'Beta/Both/Ask', gate: 'Beta/Both', name: 'Beta.Both.Ask', contributedBy: 'test-plugin' },
    { id: 'Beta/Both/Check', gate: 'Beta/Both', after: ['Beta/Both/Ask'], step: { kind: 'check' } },
  ]);
});

test('the outputs that approvals use are named at the execute that makes them', async () => {
  const smoke = check('Smoke', { command: 'true', env: { URL: output('Api', 'Url') } });
  const plan = await planOf(withDeployment({ approvals: [smoke] }), importing);
  expect(plan.nodes.find(({ id }) => id === 'Beta/Api:execute')).toMatchObject({ outputs: ['Url'] });
  expect(plan.nodes.find(({ id }) => id === 'Beta/Data:execute')).toMatchObject({ outputs: [] });
});

const smoke = (stackId: string, name: string) =>
  check('Smoke', { command: 'true', env: { URL: output(stackId, name) } });
const at = 'waves[0].deployments[0]';

describe('a plan is refused for', () => {
  test.each<[string, Record<string, unknown>, object, Partial<BackendCapabilities>?]>([
    [
      'an output of an unknown stack, with the near misses',
      withDeployment({ approvals: [smoke('Apo', 'Url')] }),
      { code: 'OUTPUT_STACK_UNKNOWN', path: `${at}.approvals[0].options.env.URL`, fix: 'did you mean "Api"?' },
    ],
    [
      'an unknown output',
      withDeployment({ approvals: [smoke('Api', 'Uri')] }),
      { code: 'OUTPUT_UNKNOWN', path: `${at}.approvals[0].options.env.URL`, fix: 'did you mean "Url"?' },
    ],
    [
      'an output before the deployment has executed',
      withDeployment({ changes: [smoke('Api', 'Url')] }),
      { code: 'OUTPUT_NOT_KNOWN_YET', path: `${at}.changes[0].options.env.URL` },
    ],
    [
      'change approvals without change sets',
      withDeployment({ prepare: false, changes: [ask('Review')] }),
      { code: 'CHANGES_WITHOUT_CHANGE_SET', path: `${at}.changes` },
    ],
    [
      'a step that runs where the backend cannot',
      withDeployment({ approvals: [check('There', { command: 'true', runIn: 'target' })] }),
      {
        code: 'RUN_IN_UNSUPPORTED',
        path: `${at}.approvals[0].options.runIn`,
        message: expect.stringContaining('222222222222/eu-west-1'),
      },
    ],
    [
      'a position the backend has no room for',
      withDeployment({ changes: [ask('Look')] }),
      { code: 'POSITION_UNSUPPORTED', path: `${at}.changes[0]`, message: expect.stringContaining('"Look"') },
      { positions: ['build', 'wave', 'approval'] },
    ],
    [
      'a type of source the backend does not take',
      { ...valid, source: { type: 's3', bucket: 'acme-code', key: 'code.zip' } },
      { code: 'SOURCE_UNSUPPORTED', path: 'source.type', fix: expect.stringContaining('type ecr') },
      { sources: { ecr: { triggers: ['event'], additional: false } } },
    ],
    [
      'an additional source where the backend takes its type as the main one only',
      { ...valid, additionalSources: { lib: { type: 'ecr', repository: 'lib' } } },
      { code: 'SOURCE_UNSUPPORTED', path: 'additionalSources["lib"]' },
      { sources: { ...everySource, ecr: { triggers: ['event'], additional: false } } },
    ],
    [
      'a trigger the backend cannot wait for',
      { ...valid, source: { type: 's3', bucket: 'acme-code', key: 'code.zip', trigger: 'poll' } },
      { code: 'TRIGGER_UNSUPPORTED', path: 'source.trigger', fix: "use one of trigger: 'event'" },
      { sources: { s3: { triggers: ['event'], additional: false } } },
    ],
    [
      'a full clone the backend cannot make',
      { ...valid, source: { type: 'codeCommit', repository: 'orders', fullClone: true } },
      { code: 'SOURCE_UNSUPPORTED', path: 'source.fullClone' },
      { sources: { codeCommit: { triggers: ['event'], additional: false } } },
    ],
    [
      'a setting of the build that the backend cannot honour',
      { ...valid, build: { commands: ['make'], privileged: true } },
      { code: 'BUILD_SETTING_UNSUPPORTED', path: 'build.privileged' },
      { buildSettings: { honoured: ['image'], unused: ['timeout'] } },
    ],
    [
      'a rollback the backend cannot do',
      withDeployment({ rollback: 'auto' }),
      { code: 'ROLLBACK_UNSUPPORTED', path: `${at}.rollback` },
    ],
    [
      'two actions of one name',
      withDeployment({ approvals: [ask('Api.Execute')] }),
      { code: 'ACTION_NAME_TAKEN', path: `${at}.approvals[0]`, message: expect.stringContaining('"Beta.Api.Execute"') },
    ],
  ])('%s', async (_, value, problem, can = {}) => {
    expect(await problemsOf(() => planOf(value, importing, can))).toEqual([expect.objectContaining(problem)]);
  });
});

test('a step of a kind the backend can honour in no way is refused by step, kind and backend', async () => {
  const registry = registerPlugins([{ name: 'p', api: 1, kinds: [{ name: 'alone', summary: '' }] }]);
  const value = withDeployment({ approvals: [{ kind: 'alone', name: 'X' }] });
  expect(await problemsOf(() => planOf(value, [stack('App')], { registry }))).toEqual([
    expect.objectContaining({
      code: 'KIND_NOT_RENDERED',
      message:
        'the step "X" is of kind "alone", which the backend "test" can honour neither by a renderer nor by lowering',
    }),
  ]);
});

test.each<[string, unknown, string]>([
  [
    'throws',
    () => {
      throw new Error('boom');
    },
    'PLUGIN_FAILED',
  ],
  ['answers with nothing', () => [], 'LOWERING_EMPTY'],
  ['answers with an unknown kind', () => ({ kind: 'nope', name: 'X' }), 'KIND_UNKNOWN'],
  [
    'answers with a list in itself',
    () => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    },
    'VALUE_CYCLIC',
  ],
  [
    'answers with a million steps',
    () => Array.from({ length: 1e6 }, (_, index) => ({ kind: 'bare', name: `X${index}` })),
    'DEFINITION_TOO_LARGE',
  ],
  [
    'answers with what cannot be read',
    () =>
      Object.defineProperty({ name: 'X' }, 'kind', {
        enumerable: true,
        get() {
          throw new Error('boom');
        },
      }),
    'VALUE_UNREADABLE',
  ],
  [
    'mutates its options',
    (options: { a: number }) => {
      options.a = 1;
      return { kind: 'bare', name: 'X' };
    },
    'PLUGIN_FAILED',
  ],
])('a kind whose lower %s is the fault of its plugin', async (_, lower, code) => {
  const kind = { name: 'odd', summary: '', lower: lower as never };
  const registry = registerPlugins([{ name: 'odd-plugin', version: '9.9.9', api: 1, kinds: [kind] }]);
  const value = withDeployment({ approvals: [{ kind: 'odd', name: 'X' }] });
  expect(await problemsOf(() => planOf(value, [stack('App')], { registry }))).toEqual([
    expect.objectContaining({ code, plugin: 'odd-plugin', version: '9.9.9', node: 'Beta/X' }),
  ]);
});

test('a plugin that lowers to kinds of its peers is not to blame where the definition lists none of them', async () => {
  const kind = (name: string, lowersTo: string) => ({
    name,
    summary: '',
    lower: () => ({ kind: lowersTo, name: 'X' }),
  });
  const bringers = (_: unknown, wanted: string) => (wanted === 'fn' ? ['@acme/fn', '@acme/other-fn'] : []);
  const kinds = [kind('soak', 'fn'), kind('people', 'ask')];
  const registry = registerPlugins([{ name: 'p', api: 1, kinds }], undefined, bringers);
  const steps = [
    { kind: 'soak', name: 'Soak' },
    { kind: 'people', name: 'Board' },
  ];
  const error = await planOf(withDeployment({ approvals: steps }), [stack('App')], { registry }).catch((e) => e);
  expect(error).toMatchObject({
    source: 'user',
    problems: [
      {
        code: 'KIND_UNKNOWN',
        message: 'the step "Soak" of kind "soak" is lowered to the kind "fn", which no plugin of `plugins` brings',
        path: 'waves[0].deployments[0].approvals[0]',
        fix: 'add @acme/fn or @acme/other-fn to `plugins`',
      },
      {
        code: 'KIND_UNKNOWN',
        path: 'waves[0].deployments[0].approvals[1]',
        fix: expect.stringContaining('the plugin that brings it'),
      },
    ],
  });
});

test('a kind may refuse options that do not fit their place, and all refusals are reported together', async () => {
  const { refused } = await import('../errors/cdkpipe-error.ts');
  const lower = ((_: unknown, { pipelineEnv, deploymentEnv }: LowerContext) => {
    const message = `${pipelineEnv.region} is not ${deploymentEnv?.region}`;
    throw refused([{ code: 'REGION_ODD', message, path: 'alarms[1]' }]);
  }) as never;
  const registry = registerPlugins([{ name: 'p', api: 1, kinds: [{ name: 'picky', summary: '', lower }] }]);
  const approvals = ['X', 'Y'].map((name) => ({ kind: 'picky', name }));
  expect(await problemsOf(() => planOf(withDeployment({ approvals }), [stack('App')], { registry }))).toEqual(
    ['X', 'Y'].map((name, index) => ({
      code: 'REGION_ODD',
      message: 'eu-west-1 is not eu-west-1',
      path: `waves[0].deployments[0].approvals[${index}].options.alarms[1]`,
      node: `Beta/${name}`,
    })),
  );
});

test('what a kind lowers to runs where its step does, unless it says otherwise', async () => {
  const there = { account: '333333333333', region: 'eu-west-1' };
  const seen: unknown[] = [];
  const lower = ((_: unknown, { runIn }: LowerContext) => {
    seen.push(runIn);
    return [check('Here'), check('Beside', { command: 'true', runIn: 'pipeline' })];
  }) as never;
  const soak = defineKind({ name: 'soak', summary: '', runsCode: true, options: z.strictObject({}), lower });
  const registry = registerPlugins([plugin, { name: 'p', api: 1, kinds: [soak] }]);
  const approvals = [{ kind: 'soak', name: 'Soak', options: { runIn: there } }];
  const plan = await planOf(withDeployment({ approvals }), [stack('App')], { registry, runInOtherEnvironments: true });
  const places = plan.nodes.flatMap((node) => (isGate(node) ? [[node.id, node.step.runIn]] : []));
  expect(places).toEqual([
    ['Beta/Soak/Here', there],
    ['Beta/Soak/Beside', { account: '111111111111', region: 'eu-west-1' }],
  ]);
  expect(seen).toEqual([there]);
});

test('a kind that lowers to itself is refused', async () => {
  const kind = { name: 'loop', summary: '', lower: () => ({ kind: 'loop', name: 'Again' }) };
  const registry = registerPlugins([{ name: 'p', api: 1, kinds: [kind] }]);
  const value = withDeployment({ approvals: [{ kind: 'loop', name: 'X' }] });
  expect(await problemsOf(() => planOf(value, [stack('App')], { registry }))).toEqual([
    expect.objectContaining({ code: 'LOWERING_ENDLESS', message: expect.stringContaining('loop to loop') }),
  ]);
});

test('the plan is frozen data', async () => {
  const plan = await planOf();
  expect(structuredClone(plan)).toEqual(plan);
  expect(Object.isFrozen(plan.nodes[0])).toBe(true);
});
