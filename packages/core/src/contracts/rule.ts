/** The contract of a lint rule: judges a pipeline after it was planned, and changes nothing. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { DefinitionBody } from '../definition/definition.ts';
import type { DeploymentDefinition, WaveDefinition } from '../definition/deployment.ts';
import type { Environment } from '../model/environment.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Plan } from '../plan/plan.ts';

/** What a rule can read, by its name in `reads`; each is deeply frozen. */
export interface RuleSubjects {
  /** The pipeline as the author wants it, after the taps of `config` and `model`. */
  readonly model: Pipeline;
  /** The graph of actions, after the taps of `plan`; its `pipeline` is the model. */
  readonly plan: Plan;
}

export type RuleReads = keyof RuleSubjects;

/** One thing that a rule found. */
export interface RuleFinding {
  /** What is wrong, with the value that was found: lower case, no full stop. */
  readonly message: string;
  /**
   * Place in the definition: the `path` of a wave, deployment, step or node, with a key behind it where that helps, such as
   * `waves[1].deployments[0].approvals`. Default: the definition as a whole.
   */
  readonly path?: string;
  /** The one thing to change. Default: the `fix` of the rule. */
  readonly fix?: string;
  /** ID of the node of the plan, where the finding is about one. */
  readonly node?: string;
}

export interface RuleContext<Options> {
  /** What the rule's schema made of the author's options; `{}` for a rule without a schema. */
  readonly options: Options;
  /** Aborted when the time limit is over or the command is interrupted. */
  readonly signal: AbortSignal;
}

/** A deployment of an example. */
export interface RuleExampleDeployment
  extends Pick<DeploymentDefinition, 'name' | 'changes' | 'approvals' | 'prepare' | 'rollback'> {
  /** Default: account 222222222222, region eu-west-1. */
  readonly env?: Environment;
  /** IDs of its stacks. Default: `['Orders']`. */
  readonly stackIds?: readonly string[];
}

/** A pipeline that a rule judges in tests and shows in the docs. */
export interface RuleExample<Input> {
  readonly title: string;
  /** Default: no options. */
  readonly options?: Input;
  readonly waves: readonly (Omit<WaveDefinition, 'deployments'> & {
    readonly deployments: readonly RuleExampleDeployment[];
  })[];
  /** Other keys of the definition. Default: the least that a definition must have. */
  readonly definition?: Partial<Omit<DefinitionBody, 'waves'>>;
}

/** A page or a part of it that says why a rule is a good one. */
export interface RuleSource {
  readonly title: string;
  /** Address (`https:`). */
  readonly url: string;
}

/**
 * Judges a pipeline and says what it finds.
 *
 * @example
 * defineRule({
 *   name: 'acme/two-waves',
 *   summary: 'A wave comes before the last one.',
 *   severity: 'warning',
 *   reads: 'model',
 *   fix: 'add a wave before it',
 *   check: ({ waves }) => (waves.length < 2 ? [{ message: 'there is one wave', path: 'waves' }] : []),
 * });
 */
export interface Rule<Input = unknown, Output = Input, Reads extends RuleReads = RuleReads> {
  /** Pack and rule, such as `safe-deployments/one-box-first`: `a-z 0-9 -` on both sides; unique among all plugins of a project. */
  readonly name: string;
  /** What holds where the rule finds nothing, in one line. */
  readonly summary: string;
  /** What becomes of findings where the definition does not set the rule. */
  readonly severity: 'error' | 'warning';
  readonly reads: Reads;
  /** What to change, for findings that do not say it. */
  readonly fix: string;
  /** Schema of the options, which must accept `{}`. Without one, no options are accepted. */
  readonly options?: StandardSchemaV1<Input, Output>;
  /** Address (`https:`) of the page that explains the rule. Default: the page of the error code. */
  readonly docs?: string;
  /** What the rule is founded on. */
  readonly sources?: readonly RuleSource[];
  /** Pipelines in which the rule finds nothing (`good`), and in which it finds something (`bad`). */
  readonly examples?: {
    readonly good: readonly RuleExample<NoInfer<Input>>[];
    readonly bad: readonly RuleExample<NoInfer<Input>>[];
  };
  /**
   * Judges the pipeline. Its answer depends on its arguments alone; whatever it throws is a fault of the plugin.
   *
   * @returns a finding for each place that breaks the rule; none where it holds
   */
  check(
    subject: RuleSubjects[Reads],
    context: RuleContext<Output>,
  ): readonly RuleFinding[] | Promise<readonly RuleFinding[]>;
}

/** Declares a rule; the types of its options flow from the schema, that of its subject from `reads`. */
export function defineRule<Reads extends RuleReads, Input, Output>(
  rule: Rule<Input, Output, Reads>,
): Rule<Input, Output, Reads> {
  return Object.freeze(rule);
}
