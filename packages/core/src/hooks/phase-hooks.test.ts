import { describe, expect, test } from 'vitest';
import type { Hooks } from '../contracts/hooks.ts';
import type { Plugin } from '../contracts/plugin.ts';
import type { DefinitionBody } from '../definition/definition.ts';
import { ask, check, problemsOf, registry, valid, withDeployment } from '../modelling/definition.test.fixture.ts';
import { isGate, type PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf } from '../planner/plan.test.fixture.ts';
import { acceptingFor } from './accept-returned.ts';
import { createPhaseHooks } from './phase-hooks.ts';

const plugin = (name: string, hooks: Hooks): Plugin => ({ name, version: '1.0.0', api: 1, hooks });

function hooksOf(plugins: readonly Plugin[], timeoutMs = 1000, signal = new AbortController().signal) {
  return createPhaseHooks(plugins, { timeoutMs, signal, accept: acceptingFor(registry) });
}

describe('order', () => {
  async function orderOf(plugins: (log: (name: string) => () => void) => readonly Plugin[]): Promise<string[]> {
    const seen: string[] = [];
    await hooksOf(plugins((name) => () => void seen.push(name))).assembly.promise({ deployments: [] });
    return seen;
  }

  test('is that of the definition for taps that do not say', async () => {
    expect(await orderOf((log) => ['b', 'a'].map((name) => plugin(name, { assembly: log(name) })))).toEqual(['b', 'a']);
  });

  test('puts pre before, post behind, and a tap behind those it names', async () => {
    const order = await orderOf((log) => [
      plugin('last', { assembly: { order: 'post', handler: log('last') } }),
      plugin('second', { assembly: { after: ['third'], handler: log('second') } }),
      plugin('third', { assembly: log('third') }),
      plugin('first', { assembly: { order: 'pre', handler: log('first') } }),
    ]);
    expect(order).toEqual(['first', 'third', 'second', 'last']);
  });

  test('lets a pre tap stand behind a post tap that it names', async () => {
    const order = await orderOf((log) => [
      plugin('a', { assembly: { order: 'pre', after: ['b'], handler: log('a') } }),
      plugin('b', { assembly: { order: 'post', handler: log('b') } }),
    ]);
    expect(order).toEqual(['b', 'a']);
  });

  test('refuses names that tap nothing, with the near misses', async () => {
    const taps = () =>
      hooksOf([plugin('a', { plan: { after: ['bb'], handler: () => {} } }), plugin('b', { plan: () => {} })]);
    expect(await problemsOf(taps)).toEqual([
      expect.objectContaining({
        code: 'HOOK_ORDER_UNKNOWN',
        plugin: 'a',
        hook: 'plan',
        fix: 'did you mean "b" or "a"?',
      }),
    ]);
  });

  test('refuses a cycle and names it', async () => {
    const tap = (other: string) => ({ plan: { after: [other], handler: () => {} } });
    expect(await problemsOf(() => hooksOf([plugin('a', tap('b')), plugin('b', tap('a'))]))).toEqual([
      expect.objectContaining({ code: 'HOOK_ORDER_CYCLE', message: expect.stringContaining('a after b after a') }),
    ]);
  });
});

test('a tap of a hook that does not exist is refused', async () => {
  const misspelt = plugin('a', { plans: () => {} } as Hooks);
  expect(await problemsOf(() => hooksOf([misspelt]))).toEqual([
    expect.objectContaining({ code: 'HOOK_UNKNOWN', plugin: 'a', fix: 'did you mean "plan"?' }),
  ]);
});

describe('a fault in a tap names plugin, version and hook', () => {
  test.each<[string, Hooks, string]>([
    [
      'when it throws',
      {
        plan: () => {
          throw new Error('boom');
        },
      },
      'PLUGIN_FAILED',
    ],
    ['when it rejects', { plan: () => Promise.reject(new Error('boom')) }, 'PLUGIN_FAILED'],
    ['when it never settles', { plan: () => new Promise(() => {}) }, 'PLUGIN_TIMED_OUT'],
    [
      'when it changes its input',
      {
        plan: (plan) => {
          (plan.notes as unknown[]).push(1);
        },
      },
      'PLUGIN_FAILED',
    ],
    ['when it returns something else', { plan: () => ({}) as Plan }, 'HOOK_RESULT_INVALID'],
  ])('%s', async (_, hooks, code) => {
    const plan = await planOf();
    expect(await problemsOf(() => hooksOf([plugin('odd', hooks)], 50).plan.promise(plan))).toEqual([
      expect.objectContaining({ code, plugin: 'odd', version: '1.0.0', hook: 'plan' }),
    ]);
  });

  test('and the node of the plan where there is one', async () => {
    const [node] = (await planOf()).nodes;
    const hooks = hooksOf([
      plugin('odd', {
        render: () => {
          throw new Error('boom');
        },
      }),
    ]);
    const event = { type: 'action' as const, backend: 'test', node: node as Plan['nodes'][number], action: {} };
    expect(await problemsOf(() => hooks.render.promise(event))).toEqual([expect.objectContaining({ node: 'source' })]);
  });
});

test('a tap is told when its time is over', async () => {
  let aborted = false;
  const slow = plugin('slow', {
    assembly: (_, signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve(undefined);
        }),
      ),
  });
  const problems = await problemsOf(() => hooksOf([slow], 20).assembly.promise({ deployments: [] }));
  expect(problems[0]?.code).toBe('PLUGIN_TIMED_OUT');
  expect(aborted).toBe(true);
});

test('what a tap of a waterfall returns is what the next one gets', async () => {
  const plan = await planOf();
  const note = (text: string) =>
    plugin(text, { plan: (given: Plan) => ({ ...given, notes: [...given.notes, { about: 'x', text }] }) });
  const result = await hooksOf([note('one'), note('two')]).plan.promise(plan);
  expect(result.notes.map(({ text }) => text)).toEqual(['one', 'two']);
});

describe('a tap cannot lose a gate', () => {
  const gated = withDeployment({ changes: [ask('Review')], approvals: [ask('Go')] });

  test('by taking its node out of the plan', async () => {
    const plan = await planOf(gated);
    const without = plugin('thief', {
      plan: (given) => ({ ...given, nodes: given.nodes.filter(({ id }) => id !== 'Beta/Go') }),
    });
    expect(await problemsOf(() => hooksOf([without]).plan.promise(plan))).toEqual([
      expect.objectContaining({ code: 'GATE_LOST', plugin: 'thief', message: expect.stringContaining('Beta/Go') }),
    ]);
  });

  test('by leading around it', async () => {
    const plan = await planOf(gated);
    const around = plugin('thief', {
      plan: (given) => ({
        ...given,
        nodes: given.nodes.map((node) => (node.type === 'execute' ? { ...node, after: ['Beta/App:prepare'] } : node)),
      }),
    });
    expect(await problemsOf(() => hooksOf([around]).plan.promise(plan))).toEqual([
      expect.objectContaining({ code: 'GATE_WEAKENED', plugin: 'thief', node: 'Beta/Review' }),
    ]);
  });

  test('by taking it out of the model', async () => {
    const { pipeline } = await planOf(gated);
    const without = plugin('thief', {
      model: (given) => ({
        ...given,
        waves: given.waves.map((wave) => ({
          ...wave,
          deployments: wave.deployments.map((each) => ({
            ...each,
            approvals: { type: 'sequence' as const, items: [] },
          })),
        })),
      }),
    });
    expect(await problemsOf(() => hooksOf([without]).model.promise(pipeline))).toEqual([
      expect.objectContaining({ code: 'GATE_LOST', plugin: 'thief', message: expect.stringContaining('Beta/Go') }),
    ]);
  });
});

describe('a tap cannot change what a gate is or holds back', () => {
  const gated = withDeployment({ changes: [ask('Review')], approvals: [{ parallel: [ask('Go')] }] });
  const body = gated as never as DefinitionBody;
  type Deployment = DefinitionBody['waves'][number]['deployments'][number];
  const withEach = (change: (deployment: Deployment) => object) => (definition: DefinitionBody) =>
    ({
      ...definition,
      waves: definition.waves.map((wave) => ({
        ...wave,
        deployments: wave.deployments.map((each) => (each.name === 'Beta' ? { ...each, ...change(each) } : each)),
      })),
    }) as DefinitionBody;

  test.each([
    ['by leaving it out of the definition', withEach(() => ({ approvals: [] })), 'GATE_LOST'],
    [
      'by moving it behind execute',
      withEach(() => ({ changes: [], approvals: [ask('Review'), ask('Go')] })),
      'GATE_CHANGED',
    ],
    ['by giving it another kind', withEach(() => ({ approvals: [check('Go')] })), 'GATE_CHANGED'],
    [
      'by moving a deployment before a gate of another',
      (definition: DefinitionBody) => ({ ...definition, waves: definition.waves.toReversed() }),
      'GATE_WEAKENED',
    ],
  ])('%s', async (_, config, code) => {
    const [first] = body.waves;
    const prod = { name: 'Prod', env: { account: '222222222222', region: 'eu-west-1' }, stacks: () => {} };
    const two = { ...body, waves: [first, { name: 'Prod', deployments: [prod] }] } as DefinitionBody;
    const [problem] = await problemsOf(() => hooksOf([plugin('thief', { config })]).config.promise(two));
    expect(problem).toMatchObject({ code, plugin: 'thief', hook: 'config' });
  });

  test('but may add gates and change options', async () => {
    const config = withEach(({ approvals }) => ({ approvals: [approvals, ask('More', { comment: 'Sure?' })].flat() }));
    const changed = await hooksOf([plugin('team', { config })]).config.promise(body);
    expect(changed.waves[0]?.deployments[0]?.approvals).toHaveLength(2);
  });

  test('and may return what holds objects of the CDK, as the author may', async () => {
    class Boundary {}
    const boundary = new Boundary();
    const withProps = withDeployment({ stageProps: { permissionsBoundary: boundary } }) as never as DefinitionBody;
    const config = (definition: DefinitionBody) => ({ ...definition });
    const returned = await hooksOf([plugin('team', { config })]).config.promise(withProps);
    expect(returned.waves[0]?.deployments[0]).toMatchObject({ stageProps: { permissionsBoundary: boundary } });
  });

  test('nor by changing nodes of the plan', async () => {
    const plan = await planOf(gated);
    const attempts: [(node: PlanNode) => object, string][] = [
      [(node) => (node.type === 'execute' ? { id: 'free', after: [] } : {}), 'HOOK_RESULT_INVALID'],
      [(node) => (node.type === 'execute' ? { stack: 'Other' } : {}), 'HOOK_RESULT_INVALID'],
      [(node) => (isGate(node) ? { step: { ...node.step, kind: 'check' } } : {}), 'GATE_CHANGED'],
    ];
    for (const [change, code] of attempts) {
      const tap = (given: Plan) => ({
        ...given,
        nodes: given.nodes.map((node) => ({ ...node, ...change(node) })) as PlanNode[],
      });
      const [problem] = await problemsOf(() => hooksOf([plugin('thief', { plan: tap })]).plan.promise(plan));
      expect(problem).toMatchObject({ code, plugin: 'thief' });
    }
  });
});

test('a definition that a tap returns is judged like one that an author wrote', async () => {
  const hooks = hooksOf([plugin('odd', { config: (definition) => ({ ...definition, name: 'not a name' }) })]);
  expect(await problemsOf(() => hooks.config.promise(valid as never))).toEqual([
    expect.objectContaining({ code: 'NAME_INVALID', plugin: 'odd', hook: 'config' }),
  ]);
});

test('an interrupted command starts no further tap', async () => {
  const controller = new AbortController();
  let started = false;
  const hooks = hooksOf(
    [
      plugin('a', {
        assembly: () => {
          started = true;
        },
      }),
    ],
    1000,
    controller.signal,
  );
  controller.abort();
  await expect(hooks.assembly.promise({ deployments: [] })).rejects.toThrow();
  expect(started).toBe(false);
});
