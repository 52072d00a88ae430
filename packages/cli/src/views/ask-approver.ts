/** Asks an approver on the terminal, with all that they need to see. */
import type { Question, Terminal } from '@cdkpipe/backend-local/engine';
import { expand, input } from '@inquirer/prompts';
import { counted } from '../outline/counted.ts';
import { forTerminal, printLine } from '../terminal/print.ts';
import { joinLines, printable } from '../terminal/printable.ts';
import { widthOf } from './break-lines.ts';
import { paintFor } from './paint.ts';
import { questionLines } from './question-lines.ts';

/** Where a question is put and answered. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WriteStream;
}

/** Lines of the screen that what surrounds the list of changes needs. */
const surroundings = 16;

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
    ask: (node, question, signal, waiting) =>
      aside(() => show(node.id, { question, waiting }, { ...streams, signal }, interrupt)),
  };
}

type Aside = <T>(work: () => Promise<T>) => Promise<T>;

type PromptContext = PromptStreams & { readonly signal: AbortSignal };

interface Asked {
  readonly question: Question;
  /** How many other questions are open. */
  readonly waiting: number;
}

async function show(node: string, asked: Asked, context: PromptContext, interrupt: () => void) {
  const { question, waiting } = asked;
  const { output } = context;
  const most = Math.max(5, Math.floor(((output.rows || 24) - surroundings) / 2));
  const sheet = { width: widthOf(output), paint: paintFor(output) };
  printLine(output, joinLines(questionLines(node, question, { ...sheet, most, rest: 'press d' })));
  if (waiting > 0) printLine(output, printable`${counted(waiting, 'more decision')} will be asked for after this one`);
  try {
    for (;;) {
      const choice = await choose(question, context);
      if (choice === 'later') return choice;
      if (choice !== 'details') return await explainDecision(choice, context);
      printLine(output, joinLines(questionLines(node, question, sheet)));
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') interrupt();
    throw error;
  }
}

/** There is no default: Enter alone decides nothing. */
function choose({ title, changes = [] }: Question, context: PromptContext) {
  return expand<'approve' | 'reject' | 'details' | 'later'>(
    {
      message: forTerminal(printable`${title}`),
      expanded: true,
      choices: [
        { key: 'a', value: 'approve', name: 'approve' },
        { key: 'r', value: 'reject', name: 'reject' },
        ...(changes.length === 0
          ? []
          : [{ key: 'd' as const, value: 'details' as const, name: 'details: list every change' }]),
        { key: 'l', value: 'later', name: 'later: leave the question open' },
      ],
    },
    context,
  );
}

async function explainDecision(decision: 'approve' | 'reject', context: PromptContext) {
  const message = decision === 'approve' ? 'Comment (may be empty)' : 'Reason';
  const validate = (text: string) => decision === 'approve' || text.trim() !== '' || 'a rejection needs a reason';
  const comment = (await input({ message, validate }, context)).trim();
  return { decision, ...(comment === '' ? {} : { comment }) };
}
