/** Two templates → what of the change somebody should look at, as a change review on CodePipeline would find it. */
import { compareTemplates, parseTemplate } from '@cdkpipe/change-report';
import type { ChangeRemarks } from '../contract/change-summary.ts';
import { remarksOn } from '../contract/remarks.ts';

/**
 * Whether a changed property replaces its resource CloudFormation alone knows for sure, so that such a change counts as a
 * risk here.
 *
 * @param before text of the template; undefined where the stack does not exist yet
 */
export function findRisks(stack: string, before: string | undefined, after: string): ChangeRemarks {
  const [from, to] = [before ?? '{}', after].map((text) => parseTemplate(text) ?? {});
  return remarksOn(compareTemplates(stack, from ?? {}, to ?? {}));
}
