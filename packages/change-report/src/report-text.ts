/** Says a report in one line of bounded length. */

import type { Effect } from './effect.ts';
import type { Finding } from './finding.ts';
import { fit, type Sentence, whole } from './fit-sentences.ts';
import type { LateRead } from './late-reads.ts';
import type { ChangeReport, ReportedStack } from './report.ts';

const counted: Readonly<Record<Effect, string>> = {
  add: 'to add',
  change: 'to change',
  replace: 'to replace',
  mayReplace: 'perhaps to replace',
  delete: 'to delete',
  retain: 'to let go',
  import: 'to import',
};

/** Counts first, then findings, then each stack with its resources, the gravest first; at most `room` characters. */
export function summaryText(report: ChangeReport, room: number): string {
  const late = lateSentences(report.lateReads);
  if (report.isUnchanged) return fit([whole('Nothing changes.'), ...late], room);
  const texts = [countsText(report), ...findingTexts(report.findings)];
  return fit([...texts.map(whole), ...late, ...report.stacks.flatMap(stackSentence)], room);
}

/** Only what asks for a person, and what no change set shows; at most `room` characters. */
export function findingsText({ findings, lateReads }: ChangeReport, room: number): string {
  const none = 'No permission broadens, and no stateful resource would be replaced or deleted.';
  const texts = findings.length === 0 ? [none] : findingTexts(findings);
  return fit([...texts.map(whole), ...lateSentences(lateReads)], room);
}

/** A text about each kind of value that the change sets do not hold, at any length. */
export function lateTexts({ lateReads }: ChangeReport): string[] {
  return lateSentences(lateReads).map((sentence) => fit([sentence], Number.MAX_SAFE_INTEGER));
}

/** What may become wrong comes first. */
function lateSentences(reads: readonly LateRead[]): Sentence[] {
  type Fate = LateRead['fate'] | 'again';
  const fateOf = ({ fate, again }: LateRead): Fate => (again === true ? 'again' : fate);
  const listed = (fate: Fate, start: string, say: (read: LateRead) => string): Sentence[] => {
    const items = [...new Set(reads.filter((read) => fateOf(read) === fate).map(say))];
    return items.length === 0 ? [] : [{ start, items }];
  };
  return [
    ...listed(
      'stale',
      'MAY BECOME STALE: ',
      ({ stack, output, from, because }) => `${stack} keeps the old ${output} of ${from}, ${because}`,
    ),
    ...listed(
      'read',
      'READ ONLY WHEN EXECUTING, NOT IN THE DIGEST: ',
      ({ stack, output, from }) => `${stack} takes ${output} of ${from}`,
    ),
    ...listed(
      'again',
      'UPDATED ONLY TO READ AGAIN, NOT IN THE DIGEST: ',
      ({ stack, output, from }) => `${stack} takes ${output} of ${from}`,
    ),
    ...listed(
      'kept',
      'NOT READ AGAIN: ',
      ({ stack, output, from }) => `${stack} keeps ${output} of ${from} as it read it before`,
    ),
  ];
}

function countsText({ counts, stacks }: ChangeReport): string {
  const parts = Object.entries(counted).flatMap(([effect, words]) => {
    const count = counts[effect as Effect];
    return count > 0 ? [`${count} ${words}`] : [];
  });
  const changing = stacks.filter(({ isUnchanged }) => !isUnchanged).length;
  const of = `${changing} of ${stacks.length} stack${stacks.length === 1 ? '' : 's'}`;
  return `${of}: ${parts.length > 0 ? parts.join(', ') : 'outputs or settings of the stack only'}.`;
}

const headings = { stateful: 'DATA AT RISK', permissions: 'PERMISSIONS BROADEN' } as const;

function findingTexts(findings: readonly Finding[]): string[] {
  return findings.map(({ concern, stack, text }) => `${headings[concern]} in ${stack}: ${text}.`);
}

function stackSentence({ stack, isUnchanged, resources }: ReportedStack): Sentence[] {
  if (isUnchanged || resources.length === 0) return [];
  const items = gravestFirst.flatMap((effect) =>
    resources.filter((each) => each.effect === effect).map(({ logicalId }) => `${signs[effect]}${logicalId}`),
  );
  return [{ start: `${stack}: `, items }];
}

const signs: Readonly<Record<Effect, string>> = {
  add: '+',
  change: '~',
  replace: '!',
  mayReplace: '?',
  delete: '-',
  retain: 'let go: ',
  import: 'import: ',
};

const gravestFirst: readonly Effect[] = ['delete', 'replace', 'mayReplace', 'retain', 'import', 'change', 'add'];
