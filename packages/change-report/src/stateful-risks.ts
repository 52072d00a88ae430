/** Stateful resources that a change set would replace or delete. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { changesThatCount, effectOf, nestedStackType } from './effect.ts';
import type { Finding } from './finding.ts';
import { statefulTypes } from './stateful-types.ts';
import { findResource, type Template } from './template.ts';

/** What cannot be seen counts: a change set that is not there, a nested stack without a change set of its own. */
export function statefulRisks(changeSet: ChangeSet): Finding[] {
  const { stack, before, isMissing } = changeSet;
  const concern = 'stateful' as const;
  if (isMissing) return [{ concern, stack, text: 'no change set was found' }];
  return changesThatCount(changeSet).flatMap((change) => {
    const { logicalId: resource } = change;
    const text = change.type === nestedStackType ? riskInside(change, before) : riskOf(change, before);
    return text === undefined ? [] : [{ concern, stack, resource, text: `${resource} ${text}` }];
  });
}

function riskOf(change: ResourceChange, before: Template | undefined): string | undefined {
  const fate = statefulTypes.has(change.type) ? fateOf(change, before) : undefined;
  return fate === undefined ? undefined : `(${change.type}) ${fate}`;
}

/** A new nested stack loses nothing; one that goes or changes does so with all it holds. */
function riskInside(change: ResourceChange, before: Template | undefined): string | undefined {
  if (change.nestedChangeSet !== undefined) return undefined;
  const fate = fateOf(change, before);
  if (fate !== undefined) return `(${change.type}) ${fate}, with what it holds`;
  return effectOf(change) === 'change' ? 'is a nested stack, whose changes are not shown' : undefined;
}

/** What the data has to fear; a removal that keeps the resource is none, a replacement always is: the new one is empty. */
function fateOf(change: ResourceChange, before: Template | undefined): string | undefined {
  const kept = (change.policyAction ?? '').endsWith('Retain') ? ', the old one kept' : '';
  const snapshot = (change.policyAction ?? '').endsWith('Snapshot') ? ', a snapshot kept' : '';
  switch (effectOf(change)) {
    case 'replace':
      return `would be replaced${kept}${snapshot}`;
    case 'mayReplace':
      return `would perhaps be replaced (Conditional)${kept}${snapshot}`;
    case 'delete':
      return change.policyAction === undefined && isRetained(change.logicalId, before)
        ? undefined
        : `would be deleted${snapshot}`;
    case 'add':
    case 'change':
    case 'import':
    case 'retain':
      return undefined;
  }
}

function isRetained(logicalId: string, before: Template | undefined): boolean {
  const policy = before ? findResource(before, logicalId)?.DeletionPolicy : undefined;
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}
