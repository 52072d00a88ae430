/** Shows the findings of `cdkpipe doctor`, to people and to scripts. */
import type { Examination } from '../doctor/examine.ts';
import type { Finding, FindingStatus } from '../doctor/finding.ts';
import { counted } from '../outline/counted.ts';
import { joinLines, type Printable, splitLines } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import { wrapWords } from './wrap-words.ts';

/** What `cdkpipe doctor --json` prints. */
export interface DoctorDocument extends Examination {
  readonly counts: Readonly<Record<FindingStatus, number>>;
  readonly errors: readonly never[];
  readonly warnings: readonly never[];
}

export function doctorDocument(examination: Examination): DoctorDocument {
  return { ...examination, counts: countsOf(examination.findings), errors: [], warnings: [] };
}

export function doctorView({ findings }: Examination, width: number, paint: Paint): Printable {
  const { failure, warning } = countsOf(findings);
  const verdict =
    failure + warning === 0
      ? paint('green', 'nothing stands in the way')
      : `${counted(failure, 'failure')}, ${counted(warning, 'warning')}`;
  return joinLines([...findings.flatMap((finding) => findingLines(finding, width, paint)), '', verdict, '']);
}

function findingLines({ check, subject, status, message, fix }: Finding, width: number, paint: Paint): string[] {
  const title = subject === undefined ? check : `${check} ${subject}`;
  const text = splitLines(message).flatMap((line) => wrapWords(line, width - 4));
  return [
    `${markOf(status, paint)} ${paint('bold', title)}`,
    ...text.map((line) => `    ${line}`),
    // In one piece, so that it can be copied.
    ...(fix === undefined ? [] : splitLines(fix).map((line) => `    ${paint('cyan', line)}`)),
  ];
}

function markOf(status: FindingStatus, paint: Paint): string {
  switch (status) {
    case 'ok':
      return paint('green', '✔');
    case 'warning':
      return paint('yellow', '!');
    case 'failure':
      return paint('red', '✖');
    case 'skipped':
      return paint('dim', '-');
  }
}

function countsOf(findings: readonly Finding[]): Record<FindingStatus, number> {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  return { ok: count('ok'), warning: count('warning'), failure: count('failure'), skipped: count('skipped') };
}
