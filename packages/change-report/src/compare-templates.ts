/** A change set from two templates, where no CloudFormation is there to make one: what a rehearsal can show. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { dependsOnDecisions, haveSameDecisions } from './indirect-changes.ts';
import { canonicalJson } from './json.ts';
import { resourcesOf, type Template, type TemplateResource } from './template.ts';

/**
 * Says only what the templates say: whether a changed property replaces its resource is known to CloudFormation alone,
 * so such a change counts as `Conditional`.
 *
 * @param before what is deployed, `{}` for a new stack
 */
export function compareTemplates(stack: string, before: Template, after: Template): ChangeSet {
  const [old, next] = [new Map(resourcesOf(before)), new Map(resourcesOf(after))];
  const ids = [...new Set([...old.keys(), ...next.keys()])].sort();
  const isDecidedAnew = !haveSameDecisions(before, after);
  const changes = ids.flatMap((id) => compareResource(id, old.get(id), next.get(id), isDecidedAnew));
  return { stack, isEmpty: canonicalJson(before) === canonicalJson(after), changes, before, after };
}

function compareResource(
  logicalId: string,
  old: TemplateResource | undefined,
  next: TemplateResource | undefined,
  isDecidedAnew: boolean,
): ResourceChange[] {
  if (next === undefined) {
    const policyAction = keeps(old?.DeletionPolicy);
    return old ? [{ logicalId, type: old.Type, action: 'Remove', policyAction }] : [];
  }
  if (old === undefined) return [{ logicalId, type: next.Type, action: 'Add' }];
  const isConditional = (old.Condition ?? next.Condition) !== undefined;
  // It may come, go or stay.
  if (isConditional && (isDecidedAnew || old.Condition !== next.Condition))
    return [{ logicalId, type: next.Type, action: 'Dynamic' }];
  const mayDiffer = isDecidedAnew && dependsOnDecisions(next);
  if (canonicalJson(old) === canonicalJson(next) && !mayDiffer) return [];
  const changed = mayDiffer ? Object.keys(next.Properties ?? {}) : changedProperties(old, next);
  const policyAction = `ReplaceAnd${keeps(next.UpdateReplacePolicy)}`;
  const mayReplace = old.Type !== next.Type ? 'True' : changed.length > 0 ? 'Conditional' : 'False';
  return [
    {
      logicalId,
      type: next.Type,
      action: 'Modify',
      replacement: mayReplace,
      ...(mayReplace === 'False' ? {} : { policyAction }),
      details: changed.map((name) => ({ attribute: 'Properties', name, source: 'DirectModification' })),
    },
  ];
}

function changedProperties({ Properties: old = {} }: TemplateResource, { Properties: next = {} }: TemplateResource) {
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
  return names.filter((name) => canonicalJson(old[name]) !== canonicalJson(next[name]));
}

function keeps(policy: unknown): 'Delete' | 'Retain' | 'Snapshot' {
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'Retain';
  return policy === 'Snapshot' ? 'Snapshot' : 'Delete';
}
