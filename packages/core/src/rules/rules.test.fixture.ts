/** Rules for tests, and what they make of a definition. */
import type { AnyRule } from '../contracts/plugin.ts';
import { definePlugin } from '../contracts/plugin.ts';
import { registerPlugins } from '../contracts/registry.ts';
import { defineRule, type RuleFinding } from '../contracts/rule.ts';
import { plugin as kindsPlugin, valid } from '../modelling/definition.test.fixture.ts';
import { planOf } from '../planner/plan.test.fixture.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { checkRules, type JudgedPlan, type RuleLimits } from './check-rules.ts';
import { readRules } from './read-rules.ts';

/** Finds fault with every deployment. */
export const strictest = defineRule({
  name: 'acme/nothing-at-all',
  summary: 'Nothing is deployed.',
  severity: 'warning',
  reads: 'model',
  fix: 'deploy nothing',
  check: ({ waves }) =>
    waves.flatMap(({ deployments }) =>
      deployments.map(({ name, path }): RuleFinding => ({ message: `"${name}" is deployed`, path })),
    ),
});

/** Judges `definition` with the rules of one plugin. */
export async function judged(
  rules: readonly AnyRule[],
  definition: Record<string, unknown> = {},
  limits: Partial<RuleLimits> = {},
): Promise<JudgedPlan> {
  const registry = registerPlugins([
    kindsPlugin,
    definePlugin({ name: '@acme/rules', version: '1.2.3', api: 1, rules }),
  ]);
  const value = { ...valid, ...definition };
  const book = await readRules(shapeDefinition(value), registry);
  return checkRules(await planOf(value, undefined, { registry }), book, {
    timeoutMs: 1000,
    signal: new AbortController().signal,
    ...limits,
  });
}
