/** Shows what went wrong: every problem with its place and what to change. */
import { docsOf, type Problem } from '@cdkpipe/core';
import type { Failure } from '../problems/failure.ts';
import { joinLines, type Printable, splitLines } from '../terminal/printable.ts';
import { breakLines, widthOf } from './break-lines.ts';
import type { Paint } from './paint.ts';

/** Everything a failure has to say, ending in a line that says whose turn it is. */
export function failureView(failure: Failure, paint: Paint, width = widthOf(process.stderr)): Printable {
  if (failure.source === 'interruption') return joinLines([`${paint('yellow', '!')} interrupted`, '']);
  const groups = groupsOf(failure.problems);
  const problems = groups.flatMap((group) => problemLines(group, paint('red', '✖'), paint, width));
  const closing = verdict(failure, groups.length);
  return joinLines(['', ...problems, ...(closing === undefined ? [] : [paint('bold', closing), ''])]);
}

export function warningsView(warnings: readonly Problem[], paint: Paint, width = widthOf(process.stderr)): Printable {
  return joinLines(groupsOf(warnings).flatMap((group) => problemLines(group, paint('yellow', '!'), paint, width)));
}

/** The same problem at several places. */
type Group = readonly [Problem, ...Problem[]];

function groupsOf(problems: readonly Problem[]): Group[] {
  const groups = new Map<string, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const { path, location, excerpt, ...same } = problem;
    const key = JSON.stringify(same);
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()];
}

/** A line feed in a message or a detail counts: what a tool has printed is quoted in lines, further to the right. */
function problemLines(group: Group, mark: string, paint: Paint, width: number): string[] {
  const [problem] = group;
  const [first, ...rest] = breakLines(problem.message, width - 2);
  const details: [string, string | undefined][] = [
    ['by', attribution(problem)],
    ['fix', problem.fix],
    ['code', problem.code],
    ['docs', docsOf(problem)],
  ];
  const lines = [
    ...placeLines(group, paint, width),
    ...details.flatMap(([label, text]) => (text === undefined ? [] : detailLines(label, text, paint, width))),
  ];
  return [`${mark} ${paint('bold', first ?? '')}`, ...rest.map((line) => `  ${line}`), ...lines, ''];
}

/** How many places are listed where there are many. */
const mostPlaces = 10;

function placeLines(group: Group, paint: Paint, width: number): string[] {
  const [{ path, location, excerpt }] = group;
  if (group.length === 1)
    return [
      ...(path === undefined ? [] : detailLines('at', path, paint, width)),
      ...(location === undefined ? [] : detailLines('in', location, paint, width)),
      ...(excerpt === undefined ? [] : splitLines(excerpt)).map(
        (line) => `       ${paint('dim', line.slice(0, Math.max(20, width - 8)))}`,
      ),
    ];
  const places = group.map((each) => [each.path, each.location].filter((part) => part !== undefined).join('  '));
  const shown = places.filter((place) => place !== '').slice(0, mostPlaces);
  const more = group.length - shown.length;
  return detailLines(
    'at',
    [...shown, ...(more > 0 && shown.length > 0 ? [`and ${more} more`] : [])].join('\n'),
    paint,
    width,
  );
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

function verdict({ source, problems }: Failure, length: number): string | undefined {
  const count = length === 1 ? '1 problem' : `${length} problems`;
  if (source === 'plugin') {
    // What has no version came in no package, so that its author may be who reads this.
    const isPackage = problems.some(({ version }) => version !== undefined);
    return `${count}, in a plugin${isPackage ? ': your definition is not to blame' : ''}.`;
  }
  if (source === 'cdkpipe') return `${count}, of cdkpipe's own making: neither you nor a plugin is to blame.`;
  return length === 1 ? undefined : `${count} to fix.`;
}
