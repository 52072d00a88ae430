/** Turns grants into the statements of a policy document. */
import type { PolicyStatement } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Condition?: unknown;
}

/** A statement and why it is there. */
export interface ReasonedStatement {
  readonly statement: Statement;
  readonly reason: string;
  readonly wildcard?: string;
  readonly policy?: string;
}

/** One statement for each set of actions and conditions; the resources of grants that share them are put together. */
export function statementsOf(grants: readonly Grant[]): ReasonedStatement[] {
  const merged = new Map<string, { grant: Grant; resources: Set<unknown>; reasons: Set<string> }>();
  for (const grant of grants) {
    const { effect = 'Allow', actions, conditions = null, wildcard = null, policy = null } = grant;
    const key = JSON.stringify([effect, actions, conditions, wildcard, policy]);
    const entry = merged.get(key) ?? { grant, resources: new Set(), reasons: new Set() };
    for (const resource of grant.resources) entry.resources.add(resource);
    entry.reasons.add(grant.reason);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ grant, resources, reasons }) => ({
    statement: {
      Effect: grant.effect ?? 'Allow',
      Action: grant.actions,
      Resource: [...resources],
      ...(grant.conditions ? { Condition: grant.conditions } : {}),
    },
    reason: [...reasons].join('; '),
    ...(grant.wildcard === undefined ? {} : { wildcard: grant.wildcard }),
    ...(grant.policy === undefined ? {} : { policy: grant.policy }),
  }));
}

/** The statements an author wrote into `rolePolicy`, as they are. */
export function authoredStatements(policy: readonly PolicyStatement[]): ReasonedStatement[] {
  return policy.map(({ effect, actions, resources, conditions }) => ({
    statement: {
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    },
    reason: 'the definition asks for it (rolePolicy)',
  }));
}
