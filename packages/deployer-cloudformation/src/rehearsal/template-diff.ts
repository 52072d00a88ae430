/** Two templates → what changes between them. */
import type { ChangeSummary, ResourceChange } from '../contract/change-summary.ts';

export interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type?: string }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown }>>;
  readonly [section: string]: unknown;
}

export type TemplateDiff = Omit<ChangeSummary, 'findings'>;

/** @param before undefined where the stack does not exist yet */
export async function diffTemplates(before: Template | undefined, after: Template): Promise<TemplateDiff> {
  if (before === undefined) return allNew(after);
  if (JSON.stringify(before) === JSON.stringify(after)) return { resources: [], others: [], isNew: false };
  // Loading it and its specification of all resource types takes a second, so only for templates that differ.
  const { fullDiff, ResourceImpact } = await import('@aws-cdk/cloudformation-diff');
  const diff = fullDiff(structuredClone(before), structuredClone(after));
  const resources: ResourceChange[] = [];
  diff.resources.forEachDifference((logicalId, change) => {
    const action = actionOf(change.changeImpact, ResourceImpact);
    if (action === undefined) return;
    const resourceType = change.resourceType ?? '';
    resources.push({ logicalId, resourceType, action, properties: Object.keys(change.propertyUpdates).sort() });
  });
  const others: string[] = [];
  for (const section of ['parameters', 'conditions', 'mappings', 'metadata', 'outputs'] as const) {
    const title = `${section.charAt(0).toUpperCase()}${section.slice(1)}`;
    diff[section].forEachDifference((id) => void others.push(`${title}.${id}`));
  }
  return { resources: resources.sort(byLogicalId), others: others.sort(), isNew: false };
}

function allNew({ Resources = {}, Outputs = {} }: Template): TemplateDiff {
  const resources = Object.entries(Resources).map(
    ([logicalId, { Type = '' }]): ResourceChange => ({
      logicalId,
      resourceType: Type,
      action: 'add',
      properties: [],
    }),
  );
  return {
    resources: resources.sort(byLogicalId),
    others: Object.keys(Outputs)
      .map((id) => `Outputs.${id}`)
      .sort(),
    isNew: true,
  };
}

function byLogicalId(a: ResourceChange, b: ResourceChange): number {
  return a.logicalId < b.logicalId ? -1 : 1;
}

type Impacts = typeof import('@aws-cdk/cloudformation-diff').ResourceImpact;

/** Undefined for changes that CloudFormation does not see, such as metadata of the CDK. */
function actionOf(impact: Impacts[keyof Impacts], impacts: Impacts): ResourceChange['action'] | undefined {
  switch (impact) {
    case impacts.WILL_CREATE:
    case impacts.WILL_IMPORT:
      return 'add';
    case impacts.WILL_REPLACE:
    case impacts.MAY_REPLACE:
      return 'replace';
    case impacts.WILL_DESTROY:
    case impacts.WILL_ORPHAN:
      return 'remove';
    case impacts.WILL_UPDATE:
      return 'modify';
    default:
      return undefined;
  }
}
