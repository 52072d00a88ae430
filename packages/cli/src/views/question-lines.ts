/** A question with all that somebody needs to see to decide it. */
import type { Question } from '@cdkpipe/backend-local/engine';
import { type ChangeListSheet, changeListLines } from './change-list.ts';
import { wrapWords } from './wrap-words.ts';

const indent = 4;

export function questionLines(node: string, question: Question, sheet: ChangeListSheet): string[] {
  const { comment, link, details, changes = [], approvers, expires, digest } = question;
  const { paint } = sheet;
  const width = sheet.width - indent;
  const quorum = approvers.count > 1 ? `needs ${approvers.count} approvals` : undefined;
  const of = approvers.of === undefined ? undefined : `of ${approvers.of.join(', ')}`;
  const wrapped = (facts: readonly (string | undefined)[]) =>
    facts.flatMap((fact) => (fact === undefined ? [] : wrapWords(fact, width)));
  const lines = [
    ...wrapped([comment, link, ...details]),
    ...changeListLines(changes, { ...sheet, width }),
    ...wrapped([
      [quorum, of].filter((part) => part !== undefined).join(' ') || undefined,
      expires === undefined ? undefined : `counts as rejected from ${expires}`,
      `digest ${digest}`,
    ]),
  ];
  return [`${paint('yellow', '◆')} ${paint('bold', node)}`, ...lines.map((line) => ' '.repeat(indent) + line)];
}
