/** Policies and rules that change though their resource says the same: what they say is decided elsewhere in the template. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { changesThatCount } from './effect.ts';
import { grantsOf } from './grants.ts';
import { canonicalJson } from './json.ts';
import { findResource, type Template, type TemplateResource } from './template.ts';

export interface DecisionElsewhere {
  readonly resource: string;
  readonly decider: 'a parameter' | 'a condition or mapping';
}

export function decisionsElsewhere(changeSet: ChangeSet, before: Template, after: Template): DecisionElsewhere[] {
  return changesThatCount(changeSet).flatMap((change): DecisionElsewhere[] => {
    const { logicalId: resource, details = [] } = change;
    const [old, next] = [findResource(before, resource), findResource(after, resource)];
    if (!next || grantsOf(next).length === 0) return [];
    if (details.some(({ source }) => source === 'ParameterReference')) return [{ resource, decider: 'a parameter' }];
    if (change.action !== 'Modify' || !dependsOnDecisions(next)) return [];
    const isDecided = !haveSameDecisions(before, after) || (isSame(old, next) && isTouchedDirectly(change));
    return isDecided ? [{ resource, decider: 'a condition or mapping' }] : [];
  });
}

/** Whether conditions, mappings and parameters are the same, so that they decide the same for the same input. */
export function haveSameDecisions(before: Template, after: Template): boolean {
  return (['Conditions', 'Mappings', 'Parameters'] as const).every((section) =>
    isSame(before[section], after[section]),
  );
}

export function dependsOnDecisions({ Properties }: TemplateResource): boolean {
  return /"(?:Fn::If|Fn::FindInMap)":/.test(canonicalJson(Properties));
}

/** False where CloudFormation says that only other resources are the reason, or no property is touched. */
function isTouchedDirectly({ details = [] }: ResourceChange): boolean {
  const follows = ['ResourceReference', 'ResourceAttribute', 'Automatic'];
  const own = details.filter(({ attribute, source = '' }) => attribute !== 'Metadata' && !follows.includes(source));
  return details.length === 0 || own.length > 0;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
