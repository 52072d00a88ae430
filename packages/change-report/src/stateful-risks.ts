/** Stateful resources that a change set would replace or delete. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { changesThatCount, effectOf } from './effect.ts';
import type { Finding } from './finding.ts';
import { statefulTypes } from './stateful-types.ts';
import { findResource, type Template } from './template.ts';

export function statefulRisks(changeSet: ChangeSet): Finding[] {
  return changesThatCount(changeSet).flatMap((change) => {
    const fate = statefulTypes.has(change.type) ? fateOf(change, changeSet.before) : undefined;
    if (fate === undefined) return [];
    const { logicalId, type } = change;
    return [
      {
        concern: 'stateful' as const,
        stack: changeSet.stack,
        resource: logicalId,
        text: `${logicalId} (${type}) ${fate}`,
      },
    ];
  });
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
