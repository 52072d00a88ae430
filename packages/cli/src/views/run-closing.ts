/** The last words about a run: how to go on with it, where it can. */
import type { RunReport } from '@cdkpipe/backend-local/engine';
import { openQuestions } from '../runs/run-status.ts';
import { paintFor } from './paint.ts';
import { questionLines } from './run-lines.ts';

export function showClosing(report: RunReport): void {
  process.stdout.write(`${closingLines(report).join('\n')}\n`);
}

function closingLines({ run, end, state }: RunReport): string[] {
  const paint = paintFor(process.stdout);
  const command = (text: string) => `  ${paint('cyan', text)}`;
  const rehearse = state.started?.mode === 'rehearsal' ? '--rehearse ' : '--deploy ';
  const resume = command(`cdkpipe run ${rehearse}--resume ${run}`);
  switch (end) {
    case 'waiting':
      return [
        '',
        ...openQuestions(state).flatMap(([node, { question }]) => [
          ...(question ? questionLines(node, question, paint) : []),
          command(`cdkpipe approve ${run} ${node}`),
          command(`cdkpipe reject ${run} ${node} --reason TEXT`),
        ]),
        '',
        'Then go on with',
        '',
        resume,
        '',
      ];
    case 'interrupted':
      return ['', 'Nothing is lost. Go on with', '', resume, ''];
    case 'failed':
    case 'rejected':
      return ['', 'See what happened with', '', command(`cdkpipe runs:show ${run}`), ''];
    case 'succeeded':
      return [];
  }
}
