/** References to values → expressions of GitHub. */
import { type PlanNode, unreachable, type ValueReference } from '@cdkpipe/core';
import { findProducer } from '../jobs/find-producer.ts';
import { encodeName, joinNames } from '../names/encode-name.ts';
import { expression, literalText, quoted } from '../workflow/expression.ts';
import type { Spelling } from './spelling.ts';

/**
 * What a run knows of the commit, as the `github` context has it
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context). Texts of others, such as a
 * commit's message, are safe where these stand: as the value of a variable.
 */
const sourceExpressions: Readonly<Record<string, string>> = {
  commitId: 'github.sha',
  branch: 'github.ref_name',
  repository: 'github.repository',
  commitMessage: 'github.event.head_commit.message',
  authorDate: 'github.event.head_commit.timestamp',
};

/** Whether a run knows it. */
export function isKnownAttribute(attribute: string): boolean {
  return Object.hasOwn(sourceExpressions, attribute);
}

export function spellReference({ plan, jobOf }: Spelling, consumer: PlanNode, reference: ValueReference): string {
  switch (reference.$ref) {
    case 'source':
      return expression(
        sourceExpressions[reference.attribute] ?? unreachable(`source attribute ${reference.attribute}`),
      );
    case 'variable':
      return expression(spellVariable(plan.pipeline.variables ?? [], reference.name));
    case 'output':
    case 'exported': {
      const producer = findProducer(plan, consumer, reference) ?? unreachable(`no producer of ${reference.$ref}`);
      const job = jobOf.get(producer.node) ?? unreachable(`no job of ${producer.node}`);
      // In the job that makes it, a value is the output of a step.
      if (job === jobOf.get(consumer.id))
        return expression(`steps.${commandsId(producer.node)}.outputs.${producer.output}`);
      return expression(`needs.${job}.outputs.${producer.output}`);
    }
  }
}

/** ID of the step that runs the commands of a node. */
export function commandsId(node: string): string {
  return joinNames('commands', ...node.split(/[/:]/));
}

/** A push has no inputs, so the default of the definition counts then. */
function spellVariable(variables: readonly { name: string; default?: string }[], name: string): string {
  const known = variables.find((each) => each.name === name);
  return known?.default === undefined
    ? `inputs.${inputName(name)}`
    : `inputs.${inputName(name)} || ${quoted(known.default)}`;
}

export function inputName(variable: string): string {
  return encodeName(variable);
}

/** The environment variables of an author. */
export function spellEnv(
  spelling: Spelling,
  consumer: PlanNode,
  env: Readonly<Record<string, string | ValueReference>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      typeof value === 'string' ? literalText(value) : spellReference(spelling, consumer, value),
    ]),
  );
}
