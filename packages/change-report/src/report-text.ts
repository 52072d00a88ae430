/** Says a report in one line of bounded length. */

import type { Effect } from './effect.ts';
import type { Finding } from './finding.ts';
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

/** Counts first, then findings, then each stack with its resources; at most `room` characters. */
export function summaryText(report: ChangeReport, room: number): string {
  if (report.isUnchanged) return fit(['Nothing changes.'], room);
  return fit([countsText(report), ...findingTexts(report.findings), ...report.stacks.flatMap(stackText)], room);
}

/** Only what asks for a person; at most `room` characters. */
export function findingsText({ findings }: ChangeReport, room: number): string {
  if (findings.length === 0)
    return fit(['No permission broadens, and no stateful resource would be replaced or deleted.'], room);
  return fit(findingTexts(findings), room);
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

function stackText({ stack, isUnchanged, resources }: ReportedStack): string[] {
  if (isUnchanged || resources.length === 0) return [];
  return [`${stack}: ${resources.map(({ effect, logicalId }) => `${signs[effect]}${logicalId}`).join(', ')}.`];
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

/** As many sentences as fit whole, then how many were left out; a first one that is too long is cut. */
function fit(sentences: readonly string[], room: number): string {
  const plain = sentences.map(asPlainText);
  for (let count = plain.length; count > 0; count -= 1) {
    const left = plain.length - count;
    const text = [...plain.slice(0, count), ...(left > 0 ? [more(left)] : [])].join(' ');
    if (text.length <= room) return text;
  }
  const rest = plain.length > 1 ? ` ${more(plain.length - 1)}` : '';
  const cut = `${(plain[0] ?? '').slice(0, Math.max(0, room - rest.length - 3))}...${rest}`;
  return cut.slice(0, room);
}

const more = (count: number) => `(and ${count} more)`;

/** Printable ASCII in one line, in which nothing is left that CodePipeline would take for a variable. */
function asPlainText(text: string): string {
  return text.replace(/[^ -~]+/g, '?').replaceAll('#{', '# {');
}
