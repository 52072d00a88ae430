/** Asks whether a plugin may come in; on stderr, as stdout belongs to the result. */
import { confirm } from '@inquirer/prompts';

export async function askWhetherToAccept(message: string): Promise<boolean> {
  return confirm({ message, default: false }, { output: process.stderr });
}
