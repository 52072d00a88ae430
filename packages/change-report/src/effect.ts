/** What a change of a change set amounts to. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { canonicalJson } from './json.ts';
import { findResource } from './template.ts';

export type Effect = 'add' | 'change' | 'replace' | 'mayReplace' | 'delete' | 'import' | 'retain';

export const effects: readonly Effect[] = ['add', 'change', 'replace', 'mayReplace', 'delete', 'retain', 'import'];

export const nestedStackType = 'AWS::CloudFormation::Stack';

export function effectOf(change: ResourceChange): Effect {
  switch (change.action) {
    case 'Add':
      return 'add';
    case 'Remove':
      return change.policyAction === 'Retain' ? 'retain' : 'delete';
    case 'Import':
      return 'import';
    case 'Modify':
    case 'SyncWithActual':
      if (change.replacement === 'True') return 'replace';
      return change.replacement === 'Conditional' ? 'mayReplace' : 'change';
    // `Dynamic`, and whatever CloudFormation will add: nothing is known, so everything may be.
    default:
      return 'mayReplace';
  }
}

/** Changes that count: CloudFormation lists every nested stack, also where neither template nor parameters change. */
export function changesThatCount(changeSet: ChangeSet): ResourceChange[] {
  return changeSet.changes.filter((change) => !isMereRevisit(changeSet, change));
}

function isMereRevisit({ before, after }: ChangeSet, change: ResourceChange): boolean {
  if (change.type !== nestedStackType || change.action !== 'Modify' || !before || !after) return false;
  const { details = [] } = change;
  if (details.length === 0 || details.some(({ source }) => source !== 'Automatic')) return false;
  const [old, next] = [findResource(before, change.logicalId), findResource(after, change.logicalId)];
  return old !== undefined && canonicalJson(old) === canonicalJson(next);
}
