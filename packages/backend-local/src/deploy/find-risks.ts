/** Two templates → what of the change somebody should look at, as a change review on CodePipeline would find it. */
import { compareTemplates, parseTemplate, reportChanges } from '@cdkpipe/change-report';
import type { ChangeFinding } from './change-summary.ts';

/**
 * Whether a changed property replaces its resource CloudFormation alone knows for sure, so that such a change counts as a
 * risk here.
 *
 * @param before text of the template; undefined where the stack does not exist yet
 */
export function findRisks(stack: string, before: string | undefined, after: string): ChangeFinding[] {
  const [from, to] = [before ?? '{}', after].map((text) => parseTemplate(text) ?? {});
  const { findings } = reportChanges([compareTemplates(stack, from ?? {}, to ?? {})]);
  return findings.map(({ concern, stack, text }) => ({ concern, stack, text }));
}
