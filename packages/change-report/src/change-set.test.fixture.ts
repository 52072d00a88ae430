/** Change sets for tests. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import type { TemplateResource } from './template.ts';

export const arn = (name: string) => `arn:aws:cloudformation:eu-west-1:111111111111:changeSet/cdkpipe/${name}`;

export function changeSetOf(
  changes: readonly Partial<ResourceChange>[],
  more: Partial<ChangeSet> & { readonly stack?: string } = {},
): ChangeSet {
  const { stack = 'Beta-Orders' } = more;
  return {
    stack,
    id: arn(stack),
    isEmpty: false,
    executionStatus: 'AVAILABLE',
    changes: changes.map((change, index) => ({
      logicalId: `Thing${index}`,
      type: 'AWS::SNS::Topic',
      action: 'Modify',
      ...change,
    })),
    before: {},
    after: {},
    ...more,
  };
}

/** A change set that turns one resource, called `It`, into another. */
export function turning(before: TemplateResource | undefined, after: TemplateResource | undefined): ChangeSet {
  const template = (resource: TemplateResource | undefined) => ({ Resources: resource ? { It: resource } : {} });
  return changeSetOf([], { before: template(before), after: template(after) });
}
