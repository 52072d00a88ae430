/** What of a change set that CloudFormation has made somebody should look at, as a change review on CodePipeline finds it. */
import { parseTemplate, readDescribed, type Template } from '@cdkpipe/change-report';
import type { ChangeRemarks } from '../contract/change-summary.ts';
import { remarksOn } from '../contract/remarks.ts';
import type { ChangeSet } from './change-set.ts';
import type { OpenedStack } from './opened-stack.ts';
import { readTemplate } from './state-before.ts';

/** @param template of the assembly, from which the change set was made */
export async function findRealRisks(
  opened: OpenedStack,
  made: ChangeSet,
  { isNew, template }: { readonly isNew: boolean; readonly template: string },
): Promise<ChangeRemarks> {
  const standing = isNew ? '{}' : await readTemplate(opened);
  const [before, after] = hasMacros(standing) || hasMacros(template) ? [] : [standing, template].map(parseTemplate);
  const changeSet = {
    ...readDescribed(opened.target.stack.id, made),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  return remarksOn(changeSet);
}

/**
 * A change set that would change nothing: what the stack reads of others stays as it was read before.
 *
 * @param template of the assembly, which is the deployed one
 */
export function remarksOnNothing(stack: string, template: string): ChangeRemarks {
  const before = parseTemplate(template);
  return remarksOn({ stack, isEmpty: true, changes: [], ...(before === undefined ? {} : { before }) });
}

/** What macros make of a template is not in it, so that it cannot be compared. */
function hasMacros(text: string): boolean {
  const template: (Template & { readonly Transform?: unknown }) | undefined = parseTemplate(text);
  return template?.Transform !== undefined || text.includes('"Fn::Transform"');
}
