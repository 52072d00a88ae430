/** Asks whether a plugin may come in; on stderr, as stdout belongs to the result. */
import { confirm } from '@inquirer/prompts';
import { forTerminal } from '../terminal/print.ts';
import type { Printable } from '../terminal/printable.ts';

export async function askWhetherToAccept(message: Printable): Promise<boolean> {
  return confirm({ message: forTerminal(message), default: false }, { output: process.stderr });
}
