/**
 * The Condition element.
 *
 * Operators: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * Sets: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import { type ConditionElement, listOf } from './policy.test.fixture.ts';
import { equalsText, findValues, matchesArn, matchesText, type Variables } from './wildcards.test.fixture.ts';

type Match = (pattern: string, value: string, variables: Variables) => boolean;

const ignoringCase: Match = (pattern, value, variables) =>
  equalsText(pattern.toLowerCase(), value.toLowerCase(), variables);

/** By operator: how one value is held against one pattern, and whether a match is wanted. */
const operators: Readonly<Record<string, { readonly match: Match; readonly negated?: true }>> = {
  StringEquals: { match: equalsText },
  StringNotEquals: { match: equalsText, negated: true },
  StringEqualsIgnoreCase: { match: ignoringCase },
  StringNotEqualsIgnoreCase: { match: ignoringCase, negated: true },
  StringLike: { match: matchesText },
  StringNotLike: { match: matchesText, negated: true },
  ArnEquals: { match: matchesArn },
  ArnLike: { match: matchesArn },
  ArnNotEquals: { match: matchesArn, negated: true },
  ArnNotLike: { match: matchesArn, negated: true },
  Bool: { match: ignoringCase },
};

/** All operators and all keys must hold; the patterns of one key are alternatives. */
export function holds(condition: ConditionElement | undefined, variables: Variables): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, patterns]) => keyHolds(operator, key, listOf(patterns).map(String), variables)),
  );
}

function keyHolds(operator: string, key: string, patterns: readonly string[], variables: Variables): boolean {
  const values = findValues(variables.context, key);
  if (operator === 'Null') return patterns.some((wanted) => (values === undefined) === (wanted === 'true'));
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const { match, negated = false } = operators[name] ?? unknown(operator);
  if (values === undefined && ifExists) return true;
  const single = (value: string) => patterns.some((pattern) => match(pattern, value, variables)) !== negated;
  if (set === 'ForAllValues') return (values ?? []).every(single);
  if (set === 'ForAnyValue') return (values ?? []).some(single);
  if (values === undefined) return negated;
  if (values.length !== 1)
    throw new Error(`${operator} on ${key}, which has several values, needs ForAnyValue or ForAllValues`);
  return values.every(single);
}

function unknown(operator: string): never {
  throw new Error(`the evaluator does not know the condition operator ${operator}`);
}
