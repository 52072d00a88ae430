/** Lets every rule judge the plan, one after the other, under the name of its plugin. */
import type { RuleContext, RuleFinding, RuleSubjects } from '../contracts/rule.ts';
import { errorsStay, ruleResultInvalid, ruleViolated } from '../errors/catalogue/rules.ts';
import { pluginFailed, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { callPlugin } from '../hooks/call-plugin.ts';
import type { Plan, PlanNote } from '../plan/plan.ts';
import { findAcknowledgements, findUnused, noteOf } from './acknowledge.ts';
import { readFindings } from './read-findings.ts';
import type { ActiveRule, RuleBook } from './read-rules.ts';

export interface JudgedPlan {
  /** Findings of severity `warning` that nobody acknowledged, and acknowledgements of nothing. */
  readonly warnings: readonly Problem[];
  /** Of what was acknowledged, with the reason. */
  readonly notes: readonly PlanNote[];
}

export interface RuleLimits {
  /** Milliseconds for each rule. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Found {
  readonly active: ActiveRule;
  readonly finding: RuleFinding;
}

/**
 * @throws CdkpipeError (`source: 'user'`) with every finding of severity `error`; (`source: 'plugin'`) naming plugin, version and
 *   rule when a rule throws, does not settle in time, changes what it reads, or returns something else than findings
 */
export async function checkRules(
  plan: Plan,
  { active, acknowledgements }: RuleBook,
  limits: RuleLimits,
): Promise<JudgedPlan> {
  const found: Found[] = [];
  for (const rule of active) {
    for (const finding of await judge(rule, plan, limits)) found.push({ active: rule, finding });
  }
  const settled = found.map((each) => ({
    ...each,
    acknowledged: findAcknowledgements(acknowledgements, each.active.rule.name, each.finding.path ?? ''),
  }));
  const errors = settled.filter(({ active: { severity } }) => severity === 'error');
  refuseIfAny(errors.map(({ active, finding, acknowledged }) => problemOf(active, finding, acknowledged.length > 0)));
  const used = new Set(settled.flatMap(({ acknowledged }) => acknowledged));
  return {
    warnings: [
      ...settled.flatMap(({ active, finding, acknowledged }) =>
        acknowledged.length > 0 ? [] : [problemOf(active, finding)],
      ),
      ...findUnused(acknowledgements, used),
    ],
    notes: settled.flatMap(({ active, finding, acknowledged: [first] }) =>
      first === undefined ? [] : [noteOf(active.rule.name, finding, first)],
    ),
  };
}

async function judge({ rule, plugin, options }: ActiveRule, plan: Plan, { timeoutMs, signal }: RuleLimits) {
  const call = { plugin, what: `the rule "${rule.name}"`, rule: rule.name, timeoutMs, signal };
  const subjects: RuleSubjects = { plan, model: plan.pipeline };
  // The table of subjects keeps `reads` and what `check` is given together.
  const check = rule.check.bind(rule) as (subject: unknown, context: RuleContext<unknown>) => unknown;
  return callPlugin(call, async (signal) => {
    const returned = await check(subjects[rule.reads], { options, signal });
    try {
      return readFindings(returned);
    } catch (cause) {
      throw pluginFailed([ruleResultInvalid(call, describeThrown(cause))], { cause });
    }
  });
}

function problemOf({ rule, plugin }: ActiveRule, finding: RuleFinding, acknowledgedInVain = false): Problem {
  const { message, path = '', fix = rule.fix, node } = finding;
  return ruleViolated({
    rule: rule.name,
    plugin,
    message,
    path,
    fix: acknowledgedInVain ? `${fix}; ${errorsStay(rule.name)}` : fix,
    node,
    docs: rule.docs,
  });
}
