/** Asks before something real is changed, after saying what. */
import { refused } from '@cdkpipe/core';
import { notConfirmed } from '../problems/problems.ts';
import { forTerminal, printLine } from '../terminal/print.ts';
import { type Printable, printable } from '../terminal/printable.ts';

export interface Confirmation {
  /** Lines that say what will be changed, and where. */
  readonly notice: Printable;
  /** For example `the deployment of shop`. */
  readonly what: string;
  readonly question: string;
  /** Whether `--yes` was given. */
  readonly yes: boolean;
  readonly canAsk: boolean;
}

/** @throws CdkpipeError `NOT_CONFIRMED` where the answer is no, or there is nobody to ask and no `--yes` */
export async function confirmReality({ notice, what, question, yes, canAsk }: Confirmation): Promise<void> {
  printLine(process.stderr, notice);
  if (yes) return;
  if (!canAsk) throw refused([notConfirmed(what, 'there is no terminal to ask on')]);
  const { confirm } = await import('@inquirer/prompts');
  if (!(await confirm({ message: forTerminal(printable`${question}`), default: false }, { output: process.stderr })))
    throw refused([notConfirmed(what, 'you said no')]);
}
