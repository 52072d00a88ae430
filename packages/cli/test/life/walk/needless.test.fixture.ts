/** Allow statements without which no call of a life would be denied. */
import { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { Json } from '../cloud/template.test.fixture.ts';
import { listOf, type PolicyDocument } from '../iam/policy.test.fixture.ts';
import type { Findings } from './findings.test.fixture.ts';

export function needlessStatements(cloud: Cloud, findings: Findings, isOurs: (stack: string) => boolean): string[] {
  return cloud.policies(isOurs).flatMap(({ name, document }) =>
    listOf(document.Statement).flatMap(({ Effect, Action, Principal }, index) => {
      const calls = findings.allowed.get(name)?.get(index) ?? [];
      if (Effect !== 'Allow' || calls.length === 0) return [];
      const less = without(cloud, document, index);
      const isNeeded = less === undefined || calls.some((call) => !less.ask(call).allowed);
      return isNeeded ? [] : [`${name}: ${index}: ${listOf(Action)} ${JSON.stringify(Principal ?? '')}`];
    }),
  );
}

/** Undefined for the statements of a function, which stand in no document of a template. */
function without(cloud: Cloud, document: PolicyDocument, index: number): Cloud | undefined {
  const less = { ...document, Statement: listOf(document.Statement).filter((_, at) => at !== index) };
  let isFound = false;
  const replace = (value: Json): Json => {
    if (value === document) {
      isFound = true;
      return less;
    }
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]));
  };
  const stacks = cloud.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((each) => ({ ...each, properties: replace(each.properties) })),
  }));
  return isFound ? new Cloud(stacks, cloud.outside) : undefined;
}
