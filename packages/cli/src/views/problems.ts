/** Shows what went wrong: every problem with its place and what to change. */
import { docsOf, type Problem } from '@cdkpipe/core';
import type { Failure } from '../problems/failure.ts';
import { joinLines, type Printable, splitLines } from '../terminal/printable.ts';
import { breakLines, widthOf } from './break-lines.ts';
import type { Paint } from './paint.ts';

/** Everything a failure has to say, ending in a line that says whose turn it is. */
export function failureView(failure: Failure, paint: Paint, width = widthOf(process.stderr)): Printable {
  if (failure.source === 'interruption') return joinLines([`${paint('yellow', '!')} interrupted`, '']);
  const problems = failure.problems.flatMap((problem) => problemLines(problem, paint('red', '✖'), paint, width));
  const closing = verdict(failure);
  return joinLines(['', ...problems, ...(closing === undefined ? [] : [paint('bold', closing), ''])]);
}

export function warningsView(warnings: readonly Problem[], paint: Paint, width = widthOf(process.stderr)): Printable {
  return joinLines(warnings.flatMap((warning) => problemLines(warning, paint('yellow', '!'), paint, width)));
}

/** A line feed in a message or a detail counts: what a tool has printed is quoted in lines, further to the right. */
function problemLines(problem: Problem, mark: string, paint: Paint, width: number): string[] {
  const [first, ...rest] = breakLines(problem.message, width - 2);
  const details: [string, string | undefined][] = [
    ['at', problem.path],
    ['in', problem.location],
    ['by', attribution(problem)],
    ['fix', problem.fix],
    ['code', problem.code],
    ['docs', docsOf(problem)],
  ];
  const lines = details.flatMap(([label, text]) => (text === undefined ? [] : detailLines(label, text, paint, width)));
  return [`${mark} ${paint('bold', first ?? '')}`, ...rest.map((line) => `  ${line}`), ...lines, ''];
}

/** Only prose is wrapped: places, codes and addresses are copied. */
function detailLines(label: string, text: string, paint: Paint, width: number): string[] {
  const lines = label === 'fix' ? breakLines(text, width - 7) : splitLines(text);
  return lines.map((line, index) => {
    const head = index === 0 ? `  ${paint('dim', label.padEnd(4))} ` : '       ';
    if (label === 'fix') return head + paint('green', line);
    return head + (label === 'docs' || label === 'code' ? paint('dim', line) : line);
  });
}

/** `@acme/pager 1.2.0, hook plan, node ProdEu/Page, kind page, backend codepipeline` */
function attribution({ plugin, version, hook, rule, node, kind, backend }: Problem): string | undefined {
  const parts = [
    plugin && (version ? `${plugin} ${version}` : plugin),
    hook && `hook ${hook}`,
    rule && `rule ${rule}`,
    node && `node ${node}`,
    kind && `kind ${kind}`,
    backend && `backend ${backend}`,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? parts.join(', ') : undefined;
}

function verdict({ source, problems }: Failure): string | undefined {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  if (source === 'plugin') {
    // What has no version came in no package, so that its author may be who reads this.
    const isPackage = problems.some(({ version }) => version !== undefined);
    return `${count}, in a plugin${isPackage ? ': your definition is not to blame' : ''}.`;
  }
  if (source === 'cdkpipe') return `${count}, of cdkpipe's own making: neither you nor a plugin is to blame.`;
  return problems.length === 1 ? undefined : `${count} to mend.`;
}
