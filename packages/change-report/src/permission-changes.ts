/** Where a change set lets someone or something do more than before. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { changesThatCount, nestedStackType } from './effect.ts';
import type { Finding } from './finding.ts';
import { type Grant, grantsOf } from './grants.ts';
import { decisionsElsewhere } from './indirect-changes.ts';
import { resourcesOf, type Template } from './template.ts';

/**
 * Compares the processed templates permission by permission. What cannot be compared counts as broader: a change set or template
 * that could not be read, a nested stack without a change set of its own, a policy whose value is decided elsewhere.
 */
export function permissionChanges(changeSet: ChangeSet): Finding[] {
  const { stack, before, after, isEmpty } = changeSet;
  if (isEmpty) return [];
  const finding = (text: string, resource?: string, isStatement?: true): Finding => ({
    concern: 'permissions',
    stack,
    ...(resource === undefined ? {} : { resource }),
    text,
    ...(isStatement && { isStatement }),
  });
  if (changeSet.isMissing) return [finding('no change set was found')];
  const unseen = changesThatCount(changeSet)
    .filter(isUnseenStack)
    .map(({ logicalId }) => finding(`${logicalId} is a nested stack, whose changes are not shown`, logicalId));
  if (!before || !after) return [finding('the templates cannot be compared'), ...unseen];
  return [
    ...broaderGrants(changeSet, before, after).map(({ resource, text, isStatement }) =>
      finding(`${resource}: ${text}`, resource, isStatement),
    ),
    ...decisionsElsewhere(changeSet, before, after).map(({ resource, decider }) =>
      finding(`${resource}: ${decider} changes its policy or rules`, resource),
    ),
    ...unseen,
  ];
}

function isUnseenStack({ type, action, nestedChangeSet }: ResourceChange): boolean {
  return type === nestedStackType && action !== 'Remove' && nestedChangeSet === undefined;
}

type BroaderGrant = Pick<Grant, 'text' | 'isStatement'> & { readonly resource: string };

function broaderGrants(changeSet: ChangeSet, before: Template, after: Template): BroaderGrant[] {
  const [came, went] = [idsWith(changeSet, ['Add', 'Dynamic']), idsWith(changeSet, ['Remove'])];
  const [old, next] = [grantsByResource(before, came), grantsByResource(after, went)];
  const policies = new Set(resourcesOf(before).flatMap(([id, { Type }]) => (Type.endsWith('Policy') ? [id] : [])));
  const ids = new Set([...next.keys(), ...old.keys()]);
  return [...ids].flatMap((resource) => {
    const [had, has] = [old.get(resource) ?? [], next.get(resource) ?? []];
    const broader = [
      ...missing(allowed(has), allowed(had)),
      // A refusal goes with what it protected, unless that is another resource than the one deleted.
      ...(next.has(resource) || policies.has(resource)
        ? missing(denied(had), denied(has)).map((grant) => ({ ...grant, text: `no longer: ${grant.text}` }))
        : []),
    ];
    const byText = new Map(broader.map((grant) => [grant.text, grant]));
    return [...byText.values()].map(({ text, isStatement }) => ({
      resource,
      text,
      ...(isStatement && { isStatement }),
    }));
  });
}

function idsWith({ changes }: ChangeSet, actions: readonly string[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ logicalId, action }) => (actions.includes(action) ? [logicalId] : [])));
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

/** @param absent resources that a condition keeps out of the stack, though the template has them */
function grantsByResource(template: Template, absent: ReadonlySet<string>): Map<string, Grant[]> {
  const present = resourcesOf(template).filter(([id]) => !absent.has(id));
  return new Map(present.map(([id, resource]) => [id, grantsOf(resource)]));
}
