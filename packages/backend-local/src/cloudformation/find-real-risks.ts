/** What of a change set that CloudFormation has made somebody should look at, as a change review on CodePipeline finds it. */
import { parseTemplate, readDescribed, reportChanges, type Template } from '@cdkpipe/change-report';
import type { ChangeFinding } from '../deploy/change-summary.ts';
import type { ChangeSet } from './change-set.ts';
import type { OpenedStack } from './opened-stack.ts';
import { readTemplate } from './state-before.ts';

/** @param template of the assembly, from which the change set was made */
export async function findRealRisks(
  opened: OpenedStack,
  made: ChangeSet,
  { isNew, template }: { readonly isNew: boolean; readonly template: string },
): Promise<ChangeFinding[]> {
  const standing = isNew ? '{}' : await readTemplate(opened);
  const [before, after] = hasMacros(standing) || hasMacros(template) ? [] : [standing, template].map(parseTemplate);
  const changeSet = {
    ...readDescribed(opened.target.stack.id, made),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  return reportChanges([changeSet]).findings.map(({ concern, stack, text }) => ({ concern, stack, text }));
}

/** What macros make of a template is not in it, so that it cannot be compared. */
function hasMacros(text: string): boolean {
  const template: (Template & { readonly Transform?: unknown }) | undefined = parseTemplate(text);
  return template?.Transform !== undefined || text.includes('"Fn::Transform"');
}
