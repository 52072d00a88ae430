/** Where a change set lets someone or something do more than before. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { changesThatCount, nestedStackType } from './effect.ts';
import type { Finding } from './finding.ts';
import { type Grant, grantsOf } from './grants.ts';
import { resourcesOf, type Template } from './template.ts';

/**
 * Compares the processed templates permission by permission. What cannot be compared counts as broader: a change set or template
 * that could not be read, a nested stack without a change set of its own, a policy whose value comes from a parameter.
 */
export function permissionChanges(changeSet: ChangeSet): Finding[] {
  const { stack, before, after, isEmpty } = changeSet;
  if (isEmpty) return [];
  const finding = (text: string, resource?: string): Finding => ({
    concern: 'permissions',
    stack,
    ...(resource === undefined ? {} : { resource }),
    text,
  });
  if (changeSet.isMissing) return [finding('no change set was found')];
  const unseen = changesThatCount(changeSet)
    .filter(isUnseenStack)
    .map(({ logicalId }) => finding(`${logicalId} is a nested stack, whose changes are not shown`, logicalId));
  if (!before || !after) return [finding('the templates cannot be compared'), ...unseen];
  return [
    ...broaderGrants(before, after).map(({ resource, text }) => finding(`${resource}: ${text}`, resource)),
    ...valuesFromParameters(changeSet, after).map(({ logicalId }) =>
      finding(`${logicalId}: a parameter changes its policy or rules`, logicalId),
    ),
    ...unseen,
  ];
}

function isUnseenStack({ type, action, nestedChangeSet }: ResourceChange): boolean {
  return type === nestedStackType && action !== 'Remove' && nestedChangeSet === undefined;
}

function broaderGrants(before: Template, after: Template): { resource: string; text: string }[] {
  const [old, next] = [grantsByResource(before), grantsByResource(after)];
  const policies = new Set(resourcesOf(before).flatMap(([id, { Type }]) => (Type.endsWith('Policy') ? [id] : [])));
  const ids = new Set([...next.keys(), ...old.keys()]);
  return [...ids].flatMap((resource) => {
    const [had, has] = [old.get(resource) ?? [], next.get(resource) ?? []];
    const broader = [
      ...missing(allowed(has), allowed(had)).map(({ text }) => text),
      // A refusal goes with what it protected, unless that is another resource than the one deleted.
      ...(next.has(resource) || policies.has(resource)
        ? missing(denied(had), denied(has)).map(({ text }) => `no longer: ${text}`)
        : []),
    ];
    return [...new Set(broader)].map((text) => ({ resource, text }));
  });
}

const allowed = (grants: readonly Grant[]) => grants.filter(({ effect }) => effect === 'allow');
const denied = (grants: readonly Grant[]) => grants.filter(({ effect }) => effect === 'deny');

/** Grants of which a part is not among `others`, neither as it is nor without its condition. */
function missing(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  const known = new Set(others.flatMap(({ parts }) => parts.map(({ key }) => key)));
  return grants.filter(({ parts }) =>
    parts.some(({ key, unconditional }) => !known.has(key) && !known.has(unconditional)),
  );
}

function grantsByResource(template: Template): Map<string, Grant[]> {
  return new Map(resourcesOf(template).map(([id, resource]) => [id, grantsOf(resource)]));
}

function valuesFromParameters(changeSet: ChangeSet, after: Template): ResourceChange[] {
  const grants = grantsByResource(after);
  return changesThatCount(changeSet).filter(
    ({ logicalId, details = [] }) =>
      (grants.get(logicalId) ?? []).length > 0 && details.some(({ source }) => source === 'ParameterReference'),
  );
}
