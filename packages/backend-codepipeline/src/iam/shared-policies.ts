/** Managed policies for what many roles of a stack need in the same words: one place to read, one to change. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { CdkModules } from '../aws/modules.ts';
import { explain } from './explain.ts';
import { policyDocument } from './policy-document.ts';
import type { ReasonedStatement } from './statements.ts';

/** By stack, by what they say; statements hold tokens, so their text is good for one run only. */
const drawn = new WeakMap<Stack, Map<string, CfnManagedPolicy>>();

/** The policies of the statements that name one, each rendered when its first role is. */
export function sharedPolicies(
  cdk: CdkModules,
  stack: Stack,
  statements: readonly ReasonedStatement[],
): CfnManagedPolicy[] {
  const byPolicy = new Map<string, ReasonedStatement[]>();
  for (const statement of statements) {
    if (statement.policy === undefined) continue;
    byPolicy.set(statement.policy, [...(byPolicy.get(statement.policy) ?? []), statement]);
  }
  return [...byPolicy].map(([name, held]) => sharedPolicy(cdk, stack, name, held));
}

function sharedPolicy(cdk: CdkModules, stack: Stack, name: string, statements: readonly ReasonedStatement[]) {
  const policies = drawn.get(stack) ?? new Map<string, CfnManagedPolicy>();
  drawn.set(stack, policies);
  const text = JSON.stringify([name, statements]);
  const existing = policies.get(text);
  if (existing) return existing;
  const policy = new cdk.iam.CfnManagedPolicy(stack, freeId(stack, name), {
    policyDocument: policyDocument(statements),
  });
  explain(cdk, policy, statements);
  policies.set(text, policy);
  return policy;
}

/** The name; numbered where the same name stands for other statements, too. */
function freeId(stack: Stack, name: string): string {
  let id = name;
  for (let number = 2; stack.node.tryFindChild(id); number += 1) id = `${name}${number}`;
  return id;
}
