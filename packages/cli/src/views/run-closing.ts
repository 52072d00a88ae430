/** The last words about a run: how to go on with it, where it can. */
import { openQuestions, type RunMode, type RunReport } from '@cdkpipe/backend-local/engine';
import { printLine } from '../terminal/print.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { widthOf } from './break-lines.ts';
import { type Paint, paintFor } from './paint.ts';
import { questionLines } from './question-lines.ts';

export function showClosing(report: RunReport): void {
  printLine(process.stdout, joinLines(closingLines(report)));
}

function closingLines({ run, end, state }: RunReport): string[] {
  const paint = paintFor(process.stdout);
  const command = (text: string) => `  ${paint('cyan', text)}`;
  const resume = resumeLine(run, state.started?.mode ?? 'rehearsal', paint);
  const sheet = { width: widthOf(process.stdout), paint, most: 8, rest: `npx cdkpipe runs:show ${run}` };
  switch (end) {
    case 'waiting':
      return [
        '',
        ...openQuestions(state).flatMap(([node, { question }]) => [
          ...(question ? questionLines(node, question, sheet) : []),
          command(`npx cdkpipe approve ${run} ${node}`),
          command(`npx cdkpipe reject ${run} ${node} --reason TEXT`),
        ]),
        '',
        'Then go on with',
        '',
        resume,
        '',
      ];
    case 'interrupted':
      return goOnLines(resume);
    case 'failed':
    case 'rejected':
      return ['', 'See what happened with', '', command(`npx cdkpipe runs:show ${run}`), ''];
    case 'succeeded':
      return [];
  }
}

/** For a run that a fault has stopped. */
export function howToGoOn({ run, mode }: { readonly run: string; readonly mode: RunMode }): Printable {
  return joinLines([...goOnLines(resumeLine(run, mode, paintFor(process.stderr))), '']);
}

function goOnLines(resume: string): string[] {
  return ['', 'Nothing is lost. Go on with', '', resume, ''];
}

function resumeLine(run: string, mode: RunMode, paint: Paint): string {
  const flag = mode === 'rehearsal' ? '--rehearse' : '--deploy';
  return `  ${paint('cyan', `npx cdkpipe run ${flag} --resume ${run}`)}`;
}
