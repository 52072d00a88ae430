/** Asks an approver on the terminal, with all that they need to see. */
import type { Question, Terminal } from '@cdkpipe/backend-local/engine';
import { input, select } from '@inquirer/prompts';
import { forTerminal, printLine } from '../terminal/print.ts';
import { joinLines, printable } from '../terminal/printable.ts';
import { paintFor } from './paint.ts';
import { questionLines } from './run-lines.ts';

/** Where a question is put and answered. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * @param interrupt called when the approver presses Ctrl-C, which the prompt catches
 * @param aside gives the terminal to the question alone
 */
export function terminalOf(
  interrupt: () => void,
  aside: Aside = (work) => work(),
  streams: PromptStreams = { input: process.stdin, output: process.stderr },
): Terminal {
  return {
    ask: (node, question, signal) => aside(() => show(node.id, question, { ...streams, signal }, interrupt)),
  };
}

type Aside = <T>(work: () => Promise<T>) => Promise<T>;

type PromptContext = PromptStreams & { readonly signal: AbortSignal };

async function show(node: string, question: Question, context: PromptContext, interrupt: () => void) {
  const { output } = context;
  printLine(output, joinLines(questionLines(node, question, paintFor(output))));
  try {
    return await ask(question, context);
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') interrupt();
    throw error;
  }
}

async function ask({ title }: Question, context: PromptContext) {
  const decision = await select<'approve' | 'reject'>(
    { message: forTerminal(printable`${title}`), choices: [{ value: 'approve' }, { value: 'reject' }] },
    context,
  );
  const message = decision === 'approve' ? 'Comment (may be empty)' : 'Reason';
  const validate = (text: string) => decision === 'approve' || text.trim() !== '' || 'a rejection needs a reason';
  const comment = (await input({ message, validate }, context)).trim();
  return { decision, ...(comment === '' ? {} : { comment }) };
}
