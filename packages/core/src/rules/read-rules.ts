/** Which rules judge, how severely and with which options: what plugins say, and what the definition sets. */
import type { AnyRule, Plugin } from '../contracts/plugin.ts';
import type { Contribution, Registry } from '../contracts/registry.ts';
import { unknownKey } from '../errors/catalogue/definition.ts';
import { ruleUnknown } from '../errors/catalogue/rules.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { type Acknowledgement, acknowledgementsIn } from '../shape/acknowledgements.ts';
import type { ShapedDefinition } from '../shape/definition-schema.ts';
import { optionProblems } from '../shape/schema-problems.ts';
import { validateOptions } from '../shape/validate-options.ts';

/** A rule that is not off. */
export interface ActiveRule {
  readonly rule: AnyRule;
  readonly plugin: Plugin;
  readonly severity: 'error' | 'warning';
  /** What the rule's schema made of the options. */
  readonly options: unknown;
}

export interface RuleBook {
  /** In the order of the plugins. */
  readonly active: readonly ActiveRule[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/**
 * @throws CdkpipeError (`source: 'user'`) for rules that no plugin has and options that a schema refuses; (`source: 'plugin'`) when
 *   a schema fails
 */
export async function readRules(definition: ShapedDefinition, registry: Registry): Promise<RuleBook> {
  const acknowledgements = acknowledgementsIn(definition);
  const known = [...registry.rules.keys()];
  const named = [
    ...Object.keys(definition.rules).map((rule) => ({ rule, path: pathOf(rule) })),
    ...acknowledgements.map(({ rule, path }) => ({ rule, path })),
  ];
  const problems: Problem[] = named.flatMap(({ rule, path }) =>
    registry.rules.has(rule) ? [] : [ruleUnknown(path, rule, known)],
  );
  const active: ActiveRule[] = [];
  for (const contribution of registry.rules.values()) {
    const { value: rule, plugin } = contribution;
    const setting = Object.hasOwn(definition.rules, rule.name) ? definition.rules[rule.name] : undefined;
    const [level = rule.severity, given] = typeof setting === 'string' ? [setting] : (setting ?? []);
    const options = await readOptions(contribution, given, registry, problems);
    if (level !== 'off') active.push({ rule, plugin, severity: level, options: deepFreeze(options) });
  }
  refuseIfAny(problems);
  return { active, acknowledgements };
}

const pathOf = (rule: string) => `rules[${JSON.stringify(rule)}]`;

/** Options are judged also where the rule is off, as they would be the day it is turned on. */
async function readOptions(
  { value: rule, plugin }: Contribution<AnyRule>,
  given: unknown,
  { limits }: Registry,
  problems: Problem[],
): Promise<unknown> {
  const path = given === undefined ? pathOf(rule.name) : `${pathOf(rule.name)}[1]`;
  const options = given ?? {};
  if (!rule.options) {
    problems.push(...Object.keys(options).map((key) => unknownKey(`${path}.${key}`, key, [])));
    return {};
  }
  const what = `the schema of the rule "${rule.name}"`;
  const result = await validateOptions({ schema: rule.options, plugin, what, path, limits }, options);
  if (!result.issues) return result.value;
  problems.push(...optionProblems(result.issues, `the rule "${rule.name}"`, path, rule.options, options));
  return undefined;
}
