import { describe, expect, test } from 'vitest';
import type { Hooks } from '../contracts/hooks.ts';
import { defineKind } from '../contracts/kind.ts';
import { registerPlugins } from '../contracts/registry.ts';
import { defineRenderer } from '../contracts/renderer.ts';
import type { DefinitionBody } from '../definition/definition.ts';
import type { Workflow } from '../model/workflow.ts';
import { ask, beta, check, kinds, plugin as owner, problemsOf, stacks } from '../modelling/definition.test.fixture.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf, stack } from '../planner/plan.test.fixture.ts';
import { acceptingFor } from './accept-returned.ts';
import { actionEvent } from './action-event.ts';
import { createPhaseHooks } from './phase-hooks.ts';

const deployment = (name: string, change: object = {}) => ({ name, env: beta, stacks, ...change });

const definition = {
  name: 'orders',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: { type: 'github', repository: 'acme/orders' },
  build: { commands: ['npx cdkpipe synth'] },
  update: { before: ask('Update') },
  waves: [
    {
      name: 'Beta',
      deployments: [
        deployment('Beta', {
          changes: [ask('Review', { comment: 'look' })],
          approvals: [ask('First'), check('Second', { command: 'test', runIn: 'target' })],
        }),
      ],
    },
    { name: 'Prod', before: [ask('Window')], deployments: [deployment('Prod', { approvals: ask('Done') })] },
  ],
};

const registry = registerPlugins([
  {
    ...owner,
    kinds: [
      defineKind({ ...(kinds[0] as never as object), name: 'ask', summary: 'asks', changeable: ['comment'] }),
      ...kinds.slice(1),
    ],
    renderers: ['ask', 'check', 'bare'].map((kind) =>
      defineRenderer({
        backend: 'test',
        kind,
        ...(kind === 'ask' ? { changeable: ['timeout', 'text'] } : {}),
        render: () => ({}),
      }),
    ),
  },
]);

// biome-ignore lint/suspicious/noExplicitAny: what a plugin changes has any shape
type Loose = Record<string, any>;

/** A copy in which `change` may do what it likes; functions are kept. */
function changed<T>(value: T, change: (copy: Loose) => void): T {
  const copy = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(copy);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, copy(inner)]));
  };
  const result = copy(value) as Loose;
  change(result);
  return result as T;
}

const hooksWith = (hooks: Hooks) =>
  createPhaseHooks([{ name: '@acme/thief', version: '1.2.3', api: 1, hooks }], {
    timeoutMs: 1000,
    signal: new AbortController().signal,
    accept: acceptingFor(registry),
  });

const blamed = { plugin: '@acme/thief', version: '1.2.3' };

describe('a tap of config cannot', () => {
  test.each<[string, string, string, (copy: Loose) => void]>([
    [
      'take every gate away',
      'GATE_LOST',
      'Beta/Review',
      (d) =>
        d.waves.forEach((w: Loose) => {
          delete w.before;
          for (const each of w.deployments) {
            delete each.changes;
            delete each.approvals;
          }
        }),
    ],
    [
      'take a gate before the update away',
      'GATE_LOST',
      'UpdatePipeline:before/Update',
      (d) => {
        delete d.update;
      },
    ],
    [
      'take a wave with its gates away',
      'GATE_LOST',
      'Prod:before/Window',
      (d) => {
        d.waves.pop();
      },
    ],
    [
      'take a gate out of a sequence',
      'GATE_LOST',
      'Beta/First',
      (d) => {
        d.waves[0].deployments[0].approvals.shift();
      },
    ],
    [
      'rename a gate',
      'GATE_LOST',
      'Prod/Done',
      (d) => {
        d.waves[1].deployments[0].approvals.name = 'Fine';
      },
    ],
    [
      'replace a gate by one of another kind',
      'GATE_CHANGED',
      'Prod/Done',
      (d) => {
        d.waves[1].deployments[0].approvals.kind = 'bare';
      },
    ],
    [
      'give a check another command',
      'GATE_CHANGED',
      'Beta/Second',
      (d) => {
        d.waves[0].deployments[0].approvals[1].options.command = 'true';
      },
    ],
    [
      'let a check run elsewhere',
      'GATE_CHANGED',
      'Beta/Second',
      (d) => {
        d.waves[0].deployments[0].approvals[1].options.runIn = 'pipeline';
      },
    ],
    [
      'remove an option, even one that it may change',
      'GATE_CHANGED',
      'Beta/Review',
      (d) => {
        delete d.waves[0].deployments[0].changes[0].options.comment;
      },
    ],
    [
      'move a review behind the execution',
      'GATE_CHANGED',
      'Beta/Review',
      (d) => {
        const [w] = d.waves;
        const [x] = w.deployments;
        x.approvals.unshift(...x.changes);
        delete x.changes;
      },
    ],
    [
      'let gates that follow each other run at once',
      'GATE_WEAKENED',
      'Beta/First',
      (d) => {
        const [x] = d.waves[0].deployments;
        x.approvals = { parallel: x.approvals };
      },
    ],
    [
      'put a wave before the gates of another',
      'GATE_WEAKENED',
      'Beta/Review',
      (d) => {
        d.waves.reverse();
      },
    ],
    [
      'move a deployment out of a gate',
      'GATE_WEAKENED',
      'Prod:before/Window',
      (d) => {
        d.waves[0].deployments.push(d.waves[1].deployments.pop());
        d.waves[1].deployments.push(deployment('Other'));
      },
    ],
  ])('%s', async (_, code, gate, change) => {
    const hooks = hooksWith({ config: (given) => changed(given, change) });
    const problems = await problemsOf(() => hooks.config.promise(definition as unknown as DefinitionBody));
    expect(problems).toContainEqual(
      expect.objectContaining({ code, ...blamed, hook: 'config', message: expect.stringContaining(`"${gate}"`) }),
    );
  });

  test('be refused for what is no gate, for more gates, and for what the kind lets it change', async () => {
    const hooks = hooksWith({
      config: (given) =>
        changed(given, (d) => {
          d.name = 'store';
          d.build.commands.push('true');
          d.waves[0].deployments[0].approvals.push(ask('Third'));
          d.waves[0].deployments[0].changes[0].options.comment = 'look twice';
          d.waves[1].before[0].options = { comment: 'set' };
          d.waves.push({ name: 'After', deployments: [deployment('After')] });
        }),
    });
    const result = await hooks.config.promise(definition as unknown as DefinitionBody);
    expect(result.name).toBe('store');
  });
});

describe('a tap that gives a deployment another name', () => {
  const us = { account: '222222222222', region: 'us-east-1' };
  const withUs = changed(definition, (d) => {
    d.waves[1].deployments.push(deployment('Us', { env: us }));
  });
  const judged = (change: (copy: Loose) => void) =>
    problemsOf(() =>
      hooksWith({ config: (given) => changed(given, change) }).config.promise(withUs as unknown as DefinitionBody),
    );

  test('cannot move it out of the gates that held it back', async () => {
    const problems = await judged((d) => {
      d.waves[0].deployments.push({ ...d.waves[1].deployments.pop(), name: 'America' });
    });
    const message = 'the gate "Prod:before/Window" no longer holds back "execute America"';
    expect(problems).toContainEqual(expect.objectContaining({ code: 'GATE_WEAKENED', message, ...blamed }));
  });

  test.each<[string, (copy: Loose) => void]>([
    ['may do so behind them', (d) => Object.assign(d.waves[1].deployments[1], { name: 'America' })],
    ['may take it away', (d) => d.waves[1].deployments.pop()],
  ])('%s', async (_, change) => {
    const hooks = hooksWith({ config: (given) => changed(given, change) });
    await expect(hooks.config.promise(withUs as unknown as DefinitionBody)).resolves.toBeDefined();
  });
});

describe('a tap of model cannot', () => {
  const step = (workflow: Workflow): Loose => (workflow as Loose).step ?? (workflow as Loose).items[0].step;
  test.each<[string, string, string, (copy: Loose) => void]>([
    [
      'change the kind of a gate',
      'GATE_CHANGED',
      'Prod/Done',
      (m) => {
        step(m.waves[1].deployments[0].approvals).kind = 'bare';
      },
    ],
    [
      'change its options',
      'GATE_CHANGED',
      'Prod/Done',
      (m) => {
        step(m.waves[1].deployments[0].approvals).options = { quorum: 0 };
      },
    ],
    [
      'change where it runs',
      'GATE_CHANGED',
      'Beta/Second',
      (m) => {
        m.waves[0].deployments[0].approvals.items[1].step.runIn.account = '999999999999';
      },
    ],
    [
      'move a wave in front of its gates',
      'GATE_WEAKENED',
      'Beta/Review',
      (m) => {
        m.waves.reverse();
      },
    ],
  ])('%s', async (_, code, gate, change) => {
    const { pipeline } = await planOf(definition, [stack('App')], { registry, runInOtherEnvironments: true });
    const hooks = hooksWith({ model: (given) => changed(given, change) });
    expect(await problemsOf(() => hooks.model.promise(pipeline))).toContainEqual(
      expect.objectContaining({ code, ...blamed, hook: 'model', message: expect.stringContaining(`"${gate}"`) }),
    );
  });
});

describe('a tap of plan cannot', () => {
  const find = (plan: Loose, id: string): Loose => plan.nodes.find((node: PlanNode) => node.id === id);
  test.each<[string, string, string, (plan: Loose) => void]>([
    [
      'give a gate the step of another kind',
      'GATE_CHANGED',
      'Beta/First',
      (p) => {
        find(p, 'Beta/First').step.kind = 'bare';
      },
    ],
    [
      'give a check another command',
      'GATE_CHANGED',
      'Beta/Second',
      (p) => {
        find(p, 'Beta/Second').step.options.command = 'true';
      },
    ],
    [
      'let a review see less',
      'GATE_CHANGED',
      'Beta/Review',
      (p) => {
        find(p, 'Beta/Review').stacks = [];
      },
    ],
    [
      'move a gate to another wave',
      'GATE_CHANGED',
      'Beta/Second',
      (p) => {
        find(p, 'Beta/Second').group = 'Prod';
      },
    ],
    [
      'execute without the change set that was reviewed',
      'GATE_WEAKENED',
      'Beta/App:execute',
      (p) => {
        find(p, 'Beta/App:execute').changeSet = false;
      },
    ],
    [
      'execute the same stack by another node around its gates',
      'GATE_WEAKENED',
      'Prod/App:sneak',
      (p) => {
        const node = find(p, 'Prod/App:execute');
        p.nodes.unshift({ ...node, id: 'Prod/App:sneak', name: 'Sneak', after: [] });
      },
    ],
  ])('%s', async (_, code, named, change) => {
    const plan = await planOf(definition, [stack('App')], { registry, runInOtherEnvironments: true });
    const hooks = hooksWith({
      plan: (given) => ({ ...changed({ ...given, pipeline: {} }, change), pipeline: given.pipeline }) as Plan,
    });
    expect(await problemsOf(() => hooks.plan.promise(plan))).toContainEqual(
      expect.objectContaining({ code, ...blamed, hook: 'plan', message: expect.stringContaining(`"${named}"`) }),
    );
  });

  test('take one of the nodes away that stand for one gate', async () => {
    const plan = await planOf(definition, [stack('App'), stack('Api')], { registry, runInOtherEnvironments: true });
    const given = {
      ...plan,
      nodes: plan.nodes.flatMap((node) =>
        node.id === 'Beta/Review' ? [node, { ...node, id: 'Beta/Review:Api' }] : [node],
      ),
    } as Plan;
    const hooks = hooksWith({
      plan: (seen) => ({ ...seen, nodes: seen.nodes.filter(({ id }) => id !== 'Beta/Review:Api') }),
    });
    expect(await problemsOf(() => hooks.plan.promise(given))).toContainEqual(
      expect.objectContaining({ code: 'GATE_LOST', ...blamed, message: expect.stringContaining('"Beta/Review:Api"') }),
    );
  });
});

describe('a tap of render may change the action of a gate in what its kind allows', () => {
  const drawn = {
    category: 'Approval',
    provider: 'Manual',
    configuration: { a: 1 },
    passUnless: ['changes'],
    timeout: 60,
  };
  const hooked = async (id: string, action: unknown, read?: (returned: unknown) => unknown) => {
    const plan = await planOf(definition, [stack('App')], { registry, runInOtherEnvironments: true });
    const node = plan.nodes.find((each) => each.id === id) as PlanNode;
    const event = actionEvent({ type: 'action', backend: 'test', node, action: drawn }, read);
    return hooksWith({ render: () => action }).render.promise(event);
  };

  test.each<[string, object]>([
    ['its category', { ...drawn, category: 'Build' }],
    ['its provider', { ...drawn, provider: 'Other' }],
    ['its configuration', { ...drawn, configuration: { a: 2 } }],
    ['when it passes by itself', { ...drawn, passUnless: ['stateful'] }],
    ['its time-out to nothing', Object.fromEntries(Object.entries(drawn).filter(([key]) => key !== 'timeout'))],
  ])('and not %s', async (_, action) => {
    expect(await problemsOf(() => hooked('Prod/Done', action))).toEqual([
      expect.objectContaining({ code: 'GATE_CHANGED', ...blamed, hook: 'render', node: 'Prod/Done' }),
    ]);
  });

  test('such as its time-out and its text', async () => {
    await expect(hooked('Prod/Done', { ...drawn, timeout: 30, text: 'x' })).resolves.toMatchObject({
      action: { text: 'x' },
    });
    expect(await problemsOf(() => hooked('Beta/Second', { ...drawn, text: 'x' }))).toHaveLength(1);
  });

  test('and that of any other node as it likes', async () => {
    await expect(hooked('build', { category: 'Test' })).resolves.toMatchObject({ action: { category: 'Test' } });
  });

  test.each<[string, unknown]>([
    ['what the backend refuses', { category: 'nonsense' }],
    [
      'a getter that throws',
      Object.defineProperty({}, 'category', {
        enumerable: true,
        get() {
          throw new Error('boom');
        },
      }),
    ],
    [
      'a proxy that answers nothing',
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('boom');
          },
          getPrototypeOf() {
            throw new Error('boom');
          },
        },
      ),
    ],
    ['no object', 5],
  ])('and is blamed for %s', async (_, action) => {
    const read = () => {
      throw new TypeError('no action');
    };
    expect(await problemsOf(() => hooked('Prod/Done', action, read))).toEqual([
      expect.objectContaining({ code: 'HOOK_RESULT_INVALID', ...blamed, hook: 'render', node: 'Prod/Done' }),
    ]);
  });
});

describe('garbage that a tap returns is its fault', () => {
  const proxy = (target: object) =>
    new Proxy(target, {
      get(_, key) {
        if (key === 'then') return undefined;
        throw new Error('boom');
      },
      ownKeys() {
        throw new Error('boom');
      },
    });
  test.each<[string, 'model' | 'plan', (given: Loose) => unknown]>([
    ['a list in place of a model', 'model', () => []],
    ['a model without waves', 'model', ({ waves: _, ...rest }) => rest],
    ['a model whose waves are text', 'model', (given) => ({ ...given, waves: 'x' })],
    [
      'a deployment without env',
      'model',
      (given) =>
        changed(given, (m) => {
          delete m.waves[0].deployments[0].env;
        }),
    ],
    ['a model that cannot be read', 'model', (given) => proxy({ ...given })],
    ['a plan without nodes', 'plan', ({ nodes: _, ...rest }) => rest],
    [
      'a node of a type that does not exist',
      'plan',
      (given) => ({ ...given, nodes: [...given.nodes, { ...given.nodes[0], id: 'x', type: 'x' }] }),
    ],
    [
      'a node without edges',
      'plan',
      (given) => ({ ...given, nodes: given.nodes.map((n: Loose) => ({ ...n, after: undefined })) }),
    ],
    ['two nodes with one ID', 'plan', (given) => ({ ...given, nodes: [...given.nodes, given.nodes[0]] })],
    ['a plan for another backend', 'plan', (given) => ({ ...given, backend: 'x' })],
    [
      'a plan with a circle in itself',
      'plan',
      (given) => {
        const note: Loose = { about: 'x', text: 'x' };
        note.self = note;
        return { ...given, notes: [note] };
      },
    ],
  ])('%s', async (_, hook, make) => {
    const plan = await planOf(definition, [stack('App')], { registry, runInOtherEnvironments: true });
    const hooks = hooksWith({ [hook]: make } as Hooks);
    const problems = await problemsOf(() =>
      hook === 'model' ? hooks.model.promise(plan.pipeline) : hooks.plan.promise(plan),
    );
    expect(problems).toEqual([expect.objectContaining({ code: 'HOOK_RESULT_INVALID', ...blamed, hook })]);
  });
});
