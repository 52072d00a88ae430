/** Checks of lint rules: each judges its own examples, in real pipelines. */
import { describeRule, isCdkpipeError, type Problem, type RuleExample } from '@cdkpipe/core';
import type { Check, Finding, Subject } from '../check/check.ts';
import { lint } from '../harness/lint.ts';
import { undescribed } from './option-checks.ts';

export const ruleExamplesCheck: Check = {
  id: 'CP401',
  severity: 'error',
  title: 'every lint rule has an example that it accepts, and one that it does not',
  why: 'people learn from them what a rule wants, and the other checks of a rule start from them',
  fix: 'give defineRule examples: { good: [...], bad: [...] } with at least one of each',
  looksAt: 'plugin',
  run: ({ plugin: { rules = [] } }) =>
    rules.flatMap(({ name, examples }) =>
      (['good', 'bad'] as const)
        .filter((which) => (examples?.[which] ?? []).length === 0)
        .map((which) => ({ about: `rule ${name}`, message: `it has no ${which} example` })),
    ),
};

export const ruleOptionsCheck: Check = {
  id: 'CP402',
  severity: 'error',
  title: 'a lint rule works without options, and describes those that it takes',
  why: 'a rule is at work as soon as the plugin is listed, before anybody has set it',
  fix: 'give each option a default and a description, in a schema that accepts {}',
  looksAt: 'plugin',
  async run({ plugin: { rules = [] } }) {
    const findings: Finding[] = [];
    for (const rule of rules) {
      if (!rule.options) continue;
      const about = `rule ${rule.name}`;
      const { issues = [] } = await rule.options['~standard'].validate({});
      findings.push(...issues.map(({ message }) => ({ about, message: `its schema refuses {}: ${message}` })));
      const { options } = describeRule(rule);
      if (!options) findings.push({ about, message: 'its schema gives no JSON Schema' });
      else
        findings.push(
          ...undescribed(options).map((option) => ({ about, message: `the option ${option} has no description` })),
        );
    }
    return findings;
  },
};

export const ruleJudgesCheck: Check = {
  id: 'CP403',
  severity: 'error',
  title: 'a lint rule finds nothing in its good examples, and something in each bad one',
  why: 'a rule that blames what is right is turned off, and one that misses what is wrong is relied upon',
  fix: 'correct the rule, or the example',
  looksAt: 'plugin',
  run: (subject) =>
    overExamples(subject, (which, problems) => {
      if (which === 'bad') return problems.length > 0 ? [] : ['it finds nothing'];
      return problems.map(({ message }) => `it finds: ${message}`);
    }),
};

export const rulePlacesCheck: Check = {
  id: 'CP404',
  severity: 'error',
  title: 'what a lint rule finds has a place that the definition has',
  why: 'an acknowledgement holds for a place, and whoever reads a finding looks for it there',
  fix: 'give findings the path of the wave, deployment or step that they are about, such as deployment.path; leave it out for what is about the whole',
  looksAt: 'plugin',
  run: (subject) =>
    overExamples(subject, (which, problems, { waves }) =>
      which === 'good'
        ? []
        : problems.flatMap(({ path }) =>
            path === undefined || isPlace(path, waves) ? [] : [`the definition has no place "${path}"`],
          ),
    ),
};

type Judge = (which: 'good' | 'bad', problems: readonly Problem[], example: RuleExample<unknown>) => readonly string[];

async function overExamples({ plugin, trials: { companions } }: Subject, judge: Judge): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, examples } of plugin.rules ?? [])
    for (const which of ['good', 'bad'] as const)
      for (const example of examples?.[which] ?? []) {
        const about = `rule ${name}, example "${example.title}"`;
        try {
          const { waves, definition, options } = example;
          const found = await lint(
            plugin,
            name,
            { ...definition, waves, plugins: companions },
            options === undefined ? {} : { options: options as Readonly<Record<string, unknown>> },
          );
          findings.push(...judge(which, found, example).map((message) => ({ about, message })));
        } catch (error) {
          const messages = isCdkpipeError(error) ? error.problems.map(({ message }) => message) : [String(error)];
          findings.push(...messages.map((message) => ({ about, message })));
        }
      }
  return findings;
}

/** What is missing at the end of a path is often what is to be added there. */
function isPlace(path: string, waves: unknown): boolean {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  if (keys[0] !== 'waves') return /^(?:source|additionalSources|build|update|variables|backends|rules)\b/.test(path);
  let at: unknown = { waves };
  for (const key of keys.slice(0, -1)) at = (at as Record<string, unknown> | undefined)?.[key];
  const last = keys.at(-1) ?? '';
  return typeof at === 'object' && at !== null && (!/^\d+$/.test(last) || last in at);
}
