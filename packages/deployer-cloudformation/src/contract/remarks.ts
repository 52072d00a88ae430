/** A change set → what a person is told about it, in the words of a change review on CodePipeline. */
import { type ChangeSet, compareStatements, lateTexts, reportChanges } from '@cdkpipe/change-report';
import type { ChangeRemarks } from './change-summary.ts';

export function remarksOn(changeSet: ChangeSet): ChangeRemarks {
  const { before, after } = changeSet;
  const report = reportChanges([changeSet]);
  const lateValues = lateTexts(report);
  const permissions = before && after ? compareStatements(before, after) : [];
  return {
    findings: report.findings,
    ...(lateValues.length === 0 ? {} : { lateValues }),
    ...(permissions.length === 0 ? {} : { permissions }),
  };
}
