/** Says what an answer has done. */
import type { AnswerDocument } from '../runs/answer-command.ts';
import { paintFor } from './paint.ts';
import { counted } from './totals.ts';

export function showAnswer(
  { run, step, decision, user, digest, missing, running }: AnswerDocument,
  rehearse: boolean,
): void {
  const paint = paintFor(process.stdout);
  const verb = decision === 'approve' ? paint('green', '✔ approved') : paint('red', '✖ rejected');
  const resume = paint('cyan', `cdkpipe run ${rehearse ? '--rehearse ' : ''}--resume ${run}`);
  const next =
    missing > 0
      ? `${counted(missing, 'approval')} more ${missing === 1 ? 'is' : 'are'} needed`
      : running
        ? 'the run goes on by itself'
        : `go on with ${resume}`;
  process.stdout.write(`${verb} ${step} by ${user}\n  digest ${digest}\n  ${next}\n`);
}
