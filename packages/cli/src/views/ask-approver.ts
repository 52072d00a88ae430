/** Asks an approver on the terminal, with all that they need to see. */
import type { Question, Terminal } from '@cdkpipe/backend-local/engine';
import { input, select } from '@inquirer/prompts';
import { paintFor } from './paint.ts';
import { questionLines } from './run-lines.ts';

/** @param interrupt called when the approver presses Ctrl-C, which the prompt catches */
export function terminalOf(interrupt: () => void): Terminal {
  return {
    ask: async (node, question, signal) => {
      process.stderr.write(`${questionLines(node.id, question, paintFor(process.stderr)).join('\n')}\n`);
      try {
        return await ask(question, signal);
      } catch (error) {
        if (error instanceof Error && error.name === 'ExitPromptError') interrupt();
        throw error;
      }
    },
  };
}

async function ask({ title }: Question, signal: AbortSignal) {
  const context = { output: process.stderr, signal };
  const decision = await select<'approve' | 'reject'>(
    { message: title, choices: [{ value: 'approve' }, { value: 'reject' }] },
    context,
  );
  const message = decision === 'approve' ? 'Comment (may be empty)' : 'Reason';
  const validate = (text: string) => decision === 'approve' || text.trim() !== '' || 'a rejection needs a reason';
  const comment = (await input({ message, validate }, context)).trim();
  return { decision, ...(comment === '' ? {} : { comment }) };
}
