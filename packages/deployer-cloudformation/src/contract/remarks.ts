/** A change set → what a person is told about it, in the words of a change review on CodePipeline. */
import { type ChangeSet, lateTexts, reportChanges } from '@cdkpipe/change-report';
import type { ChangeRemarks } from './change-summary.ts';

export function remarksOn(changeSet: ChangeSet): ChangeRemarks {
  const report = reportChanges([changeSet]);
  const lateValues = lateTexts(report);
  return {
    findings: report.findings.map(({ concern, stack, text }) => ({ concern, stack, text })),
    ...(lateValues.length === 0 ? {} : { lateValues }),
  };
}
