/** Which permissions came and went between two templates, as rows of a table. */
import { describePrincipal, describeValue } from './describe-value.ts';
import { canonicalJson, isObject, type Json, type JsonObject } from './json.ts';
import { findStatements } from './statements.ts';
import { resourcesOf, type Template } from './template.ts';

export interface StatementChange {
  readonly change: 'added' | 'removed';
  /** Logical ID of the resource that holds the statement. */
  readonly logicalId: string;
  readonly effect: string;
  /** Whom it speaks of; for a policy of a role that role, or the policy that is attached to roles. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** What it speaks of; for the trust policy of a role that role. */
  readonly resource: string;
  readonly condition?: unknown;
}

/**
 * A statement is cut into its single permissions, so that only what really differs is listed; those that differ in the
 * action alone share a row. Statements that a condition or an intrinsic function hides are compared as they are written.
 */
export function compareStatements(before: Template, after: Template): StatementChange[] {
  const [old, next] = [permissionsOf(before), permissionsOf(after)];
  return [
    ...grouped(
      [...old].flatMap(([key, permission]) => (next.has(key) ? [] : [permission])),
      'removed',
    ),
    ...grouped(
      [...next].flatMap(([key, permission]) => (old.has(key) ? [] : [permission])),
      'added',
    ),
  ];
}

type Permission = Omit<StatementChange, 'change' | 'actions'> & { readonly action: string };

function permissionsOf(template: Template): Map<string, Permission> {
  const permissions = resourcesOf(template).flatMap(([logicalId, { Properties }]) =>
    findStatements(Properties).flatMap((statement) => permissionsIn(logicalId, statement)),
  );
  return new Map(permissions.map((permission) => [canonicalJson(permission), permission]));
}

function permissionsIn(logicalId: string, statement: JsonObject): Permission[] {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  const principals =
    Principal === undefined && NotPrincipal === undefined
      ? [logicalId]
      : [...principalsIn(Principal), ...principalsIn(NotPrincipal).map((each) => `all but ${each}`)];
  const resources =
    Resource === undefined && NotResource === undefined ? [logicalId] : listed(Resource, NotResource, describeValue);
  return listed(Action, NotAction, describeValue).flatMap((action) =>
    principals.flatMap((principal) =>
      resources.map((resource) => ({
        logicalId,
        effect: describeValue(Effect),
        principal,
        action,
        resource,
        ...(Condition === undefined ? {} : { condition: Condition }),
      })),
    ),
  );
}

function listed(value: Json | undefined, not: Json | undefined, say: (value: Json) => string): string[] {
  return [...listOf(value).map(say), ...listOf(not).map((each) => `all but ${say(each)}`)];
}

function listOf(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function principalsIn(value: Json | undefined): string[] {
  if (!isObject(value) || 'Ref' in value) return listOf(value).map(describePrincipal);
  return Object.values(value).flatMap((names) => listOf(names).map(describeValue));
}

/** In the order of the first of each row. */
function grouped(permissions: readonly Permission[], change: StatementChange['change']): StatementChange[] {
  const rows = new Map<string, StatementChange & { actions: string[] }>();
  for (const { action, ...rest } of permissions) {
    const key = canonicalJson(rest);
    const row = rows.get(key);
    if (row) row.actions.push(action);
    else rows.set(key, { change, ...rest, actions: [action] });
  }
  return [...rows.values()];
}
