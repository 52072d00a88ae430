/** Says what an answer has done. */

import { counted } from '../outline/counted.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines } from '../terminal/printable.ts';
import { paintFor } from './paint.ts';

/** What `--json` prints of `approve` and `reject`. */
export interface AnswerDocument {
  readonly run: string;
  readonly step: string;
  readonly decision: 'approve' | 'reject';
  readonly user: string;
  /** SHA-256 of what was decided about. */
  readonly digest: string;
  /** How many more people must approve. */
  readonly missing: number;
  /** Whether a process works on the run, which goes on by itself. */
  readonly running: boolean;
}

export function showAnswer(
  { run, step, decision, user, digest, missing, running }: AnswerDocument,
  rehearse: boolean,
): void {
  const paint = paintFor(process.stdout);
  const verb = decision === 'approve' ? paint('green', '✔ approved') : paint('red', '✖ rejected');
  const resume = paint('cyan', `npx cdkpipe run ${rehearse ? '--rehearse' : '--deploy'} --resume ${run}`);
  const next =
    missing > 0
      ? `${counted(missing, 'approval')} more ${missing === 1 ? 'is' : 'are'} needed`
      : running
        ? 'the run goes on by itself'
        : `go on with ${resume}`;
  printLine(process.stdout, joinLines([`${verb} ${step} by ${user}`, `  digest ${digest}`, `  ${next}`]));
}
