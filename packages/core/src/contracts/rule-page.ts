/** Everything that is known of a rule, as data: for its page in the docs and for whoever asks on the command line. */
import { type OptionSchema, optionSchemaOf } from './option-schema.ts';
import type { AnyRule } from './plugin.ts';
import type { RuleExample, RuleReads, RuleSource } from './rule.ts';

export interface RulePage {
  readonly name: string;
  readonly summary: string;
  readonly severity: 'error' | 'warning';
  readonly reads: RuleReads;
  readonly fix: string;
  readonly docs?: string;
  readonly sources: readonly RuleSource[];
  /** JSON Schema of the options; absent for a rule that takes none, or whose schema cannot be expressed. */
  readonly options?: OptionSchema;
  readonly examples: { readonly good: readonly RuleExample<unknown>[]; readonly bad: readonly RuleExample<unknown>[] };
}

export function describeRule(rule: AnyRule): RulePage {
  const { name, summary, severity, reads, fix, docs, sources = [], examples = { good: [], bad: [] } } = rule;
  const options = rule.options && optionSchemaOf(rule.options);
  return {
    name,
    summary,
    severity,
    reads,
    fix,
    ...(docs === undefined ? {} : { docs }),
    sources,
    ...(options ? { options } : {}),
    examples,
  };
}
