import { definePlugin, defineRule, type RuleFinding } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { lint } from './lint.ts';

const named = (name: string, severity: 'error' | 'warning', check: () => readonly RuleFinding[]) =>
  defineRule({ name, summary: 'All is well.', severity, reads: 'model', fix: 'fix it', check });

const gated = defineRule({
  name: 'acme/gated',
  summary: 'A person decides before anything executes.',
  severity: 'error',
  reads: 'plan',
  fix: 'add a review',
  check: ({ nodes }) =>
    nodes.some(({ type }) => type === 'review') ? [] : [{ message: 'nobody decides', path: 'waves[0]' }],
});

const plugin = definePlugin({
  name: '@acme/policy',
  api: 1,
  rules: [gated, named('acme/loud', 'error', () => [{ message: 'always wrong' }])],
  hooks: {
    plan: () => {
      throw new Error('a hook ran');
    },
  },
});

test('one rule judges, whatever its severity; other rules and hooks of the plugin are left out', async () => {
  expect(await lint(plugin, 'acme/gated')).toMatchObject([
    { message: 'nobody decides', path: 'waves[0]', fix: 'add a review', rule: 'acme/gated' },
  ]);
});

test.each(['codepipeline', 'local'])('on %s, a kind that no plugin at hand has is stood in for', async (backend) => {
  const changes = { kind: 'nobodysKind', name: 'Look', options: { at: 'anything' } };
  const pipeline = { waves: [{ name: 'Only', deployments: [{ name: 'Prod', changes }] }] };
  expect(await lint(plugin, 'acme/gated', pipeline, { backend })).toEqual([]);
});

test('a rule that is not there is a fault of the test', async () => {
  await expect(lint(plugin, 'acme/gate')).rejects.toThrow('has no rule "acme/gate"');
});

test('options that the rule does not take are refused', async () => {
  await expect(lint(plugin, 'acme/gated', {}, { options: { most: 1 } })).rejects.toMatchObject({ code: 'UNKNOWN_KEY' });
});
