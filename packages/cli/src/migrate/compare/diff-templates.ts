/** What CloudFormation would do between two templates, by its specification of all resource types. */
import type { Difference, Effect, Template } from './comparison.ts';

const sections = ['parameters', 'conditions', 'mappings', 'outputs'] as const;

export async function diffTemplates(before: Template, after: Template): Promise<readonly Difference[]> {
  // Loading it and its specification takes a second.
  const { fullDiff } = await import('@aws-cdk/cloudformation-diff');
  const diff = fullDiff(structuredClone(before), structuredClone(after));
  const differences: Difference[] = [];
  diff.resources.forEachDifference((id, change) => {
    const effect = effectsByImpact[change.changeImpact];
    if (effect === undefined) return;
    const properties = Object.keys(change.propertyUpdates).sort();
    const type = change.resourceType;
    differences.push({ effect, id, ...(type !== undefined && { type }), properties });
  });
  for (const section of sections) {
    const title = `${section.charAt(0).toUpperCase()}${section.slice(1)}`;
    diff[section].forEachDifference(
      (id) => void differences.push({ effect: 'other', id: `${title}.${id}`, properties: [] }),
    );
  }
  // Whatever the library does not look at must not pass for the same.
  return differences.length > 0
    ? differences
    : [{ effect: 'other', id: 'other parts of the template', properties: [] }];
}

/** By the values of `ResourceImpact`. */
const effectsByImpact: Readonly<Record<string, Effect | undefined>> = {
  WILL_REPLACE: 'replace',
  MAY_REPLACE: 'mayReplace',
  WILL_DESTROY: 'remove',
  WILL_ORPHAN: 'remove',
  WILL_CREATE: 'add',
  WILL_IMPORT: 'add',
  WILL_UPDATE: 'update',
};
