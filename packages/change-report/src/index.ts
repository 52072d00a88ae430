/** The door of @cdkpipe/change-report. */
export type { ChangeDetail, ChangeSet, ResourceChange } from './change-set.ts';
export { compareTemplates } from './compare-templates.ts';
export { digestOf } from './digest.ts';
export type { Effect } from './effect.ts';
export type { Concern, Finding } from './finding.ts';
export type { LateRead } from './late-reads.ts';
export type { LateValue } from './late-values.ts';
export {
  type ChangeSetName,
  type ChangeSetReader,
  type DescribedChange,
  type DescribedChangeSet,
  readChangeSets,
  readDescribed,
} from './read-change-set.ts';
export { type ChangeReport, type ReportedResource, type ReportedStack, reportChanges } from './report.ts';
export { findingsText, lateTexts, summaryText } from './report-text.ts';
export { statefulTypes } from './stateful-types.ts';
export { compareStatements, type StatementChange } from './statement-changes.ts';
export { parseTemplate, type Template, type TemplateResource } from './template.ts';
