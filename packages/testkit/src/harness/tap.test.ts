import { type CdkpipeError, definePlugin, type Hooks, refused } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { gatePlugin, httpGate } from './gate-plugin.test.fixture.ts';
import type { PipelineSketch } from './pipeline-sketch.ts';
import { modelOf, planOf } from './plan-of.ts';
import { tap } from './tap.ts';

const withHooks = (hooks: Hooks) => definePlugin({ name: '@acme/cdkpipe-plugin-policy', api: 1, hooks });

const gated: PipelineSketch = {
  plugins: [gatePlugin],
  waves: [
    {
      name: 'Only',
      deployments: [{ name: 'Beta', approvals: httpGate('Alive', { url: 'https://shop.example.com/' }) }],
    },
  ],
};

test('a tap of a waterfall is given what the phase has made, and what it returned is there', async () => {
  const policy = withHooks({ config: (definition) => ({ ...definition, variables: { Level: { default: '1' } } }) });
  const { returned, calls } = await tap(policy, 'config', gated);
  expect(calls[0]?.input.waves).toHaveLength(1);
  expect(returned?.variables).toEqual({ Level: { default: '1' } });
});

test('what a tap may not do is refused as a command refuses it', async () => {
  const policy = withHooks({
    model: (pipeline) => ({
      ...pipeline,
      waves: pipeline.waves.map((wave) => ({
        ...wave,
        deployments: wave.deployments.map((deployment) => ({
          ...deployment,
          approvals: { type: 'sequence' as const, items: [] },
        })),
      })),
    }),
  });
  await expect(tap(policy, 'model', gated)).rejects.toMatchObject({
    source: 'plugin',
    problems: [{ plugin: policy.name, hook: 'model' }],
  });
});

test('what a plugin refuses is explained by the page that it names for the code', async () => {
  const policy = definePlugin({
    name: '@acme/cdkpipe-plugin-policy',
    api: [1, 2],
    problemDocs: { POLICY_BROKEN: 'https://acme.example/policy#broken' },
    hooks: {
      model: () => {
        throw refused([
          { code: 'POLICY_BROKEN', message: 'no', fix: 'yes' },
          { code: 'POLICY_OTHER', message: 'no', fix: 'yes' },
        ]);
      },
    },
  });
  const { problems } = (await tap(policy, 'model').catch((error: CdkpipeError) => error)) as CdkpipeError;
  expect(problems.map(({ docs }) => docs)).toEqual(['https://acme.example/policy#broken', undefined]);
});

test('a tap of render sees each action and the end, one of emit the files', async () => {
  const { calls } = await tap(withHooks({ render: () => undefined }), 'render', gated);
  const nodes = calls.flatMap(({ input }) => (input.type === 'action' ? [input.node.id] : []));
  expect(nodes).toContain('Beta/Alive');
  expect(calls.at(-1)?.input).toMatchObject({ type: 'end', backend: 'codepipeline' });
  const emitted = await tap(withHooks({ emit: { order: 'post', handler: () => undefined } }), 'emit', gated);
  expect(emitted.calls[0]?.input.files).toContain('tested-pipeline.template.json');
});

test('taps along a run are called for a rehearsal in which no step does anything', async () => {
  const policy = withHooks({ actionEnd: () => undefined, runEnd: () => undefined });
  const { calls, end } = await tap(policy, 'actionEnd', gated);
  expect(end).toBe('succeeded');
  expect(calls.map(({ input }) => [input.node.id, input.outcome])).toContainEqual(['Beta/Alive', 'succeeded']);
  const stopped = await tap(policy, 'runEnd', gated, { rejected: ['Beta/Alive'] });
  expect(stopped.end).not.toBe('succeeded');
  expect(stopped.calls).toMatchObject([{ input: { outcome: stopped.end } }]);
});

test('a plugin that takes options is given them, as in a definition', async () => {
  const policy = definePlugin({
    name: '@acme/cdkpipe-plugin-policy',
    api: 1,
    options: z.strictObject({ level: z.number() }),
    hooks: ({ level }) => ({
      config: (definition) => ({ ...definition, variables: { Level: { default: String(level) } } }),
    }),
  });
  const { returned } = await tap(policy, 'config', gated, { options: { level: 2 } });
  expect(returned?.variables).toEqual({ Level: { default: '2' } });
  await expect(tap(policy, 'config', gated)).rejects.toMatchObject({ problems: [{ path: 'plugins[1].level' }] });
  // @ts-expect-error a text is no level
  await expect(tap(policy, 'config', gated, { options: { level: 'high' } })).rejects.toMatchObject({
    problems: [{ path: 'plugins[1][1].level' }],
  });
});

test('a tap that is not there, and the one result of several calls, are faults of the test', async () => {
  const policy = withHooks({ render: () => undefined });
  await expect(tap(policy, 'plan', gated)).rejects.toThrow('has no tap of "plan"');
  const { calls, ...tapped } = await tap(policy, 'render', gated).then((it) => ({ calls: it.calls, it }));
  expect(() => tapped.it.returned).toThrow(`was called ${calls.length} times`);
});

test('models and plans are those that cdkpipe itself makes', async () => {
  expect((await modelOf()).waves.map(({ name }) => name)).toEqual(['First', 'Second']);
  expect((await planOf(gated)).nodes.map(({ id }) => id)).toContain('Beta/Alive');
});
