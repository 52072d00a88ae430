/** Asks a person on the terminal; on stderr, as stdout belongs to the result. */
import { confirm, input, select } from '@inquirer/prompts';
import type { Known, Question } from '../init/question.ts';
import { forTerminal } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';

const terminal = { output: process.stderr };

export async function askQuestion(question: Question, suggestion: string, known: Known): Promise<string> {
  const { message, choices, accepts, expected } = question;
  if (choices) {
    const named = choices.map(({ value, label }) => ({ value, name: `${value.padEnd(12)}${label}`, short: value }));
    return select({ message: forTerminal(printable`${message}`), choices: named, default: suggestion }, terminal);
  }
  const validate = (text: string) => accepts(text.trim(), known) || `expected ${expected}`;
  return (await input({ message: forTerminal(printable`${message}`), default: suggestion, validate }, terminal)).trim();
}

export async function askWhetherToInstall(): Promise<boolean> {
  return confirm({ message: 'Run npm install now (install scripts off)?', default: true }, terminal);
}

export async function askWhetherToAdd(): Promise<boolean> {
  return confirm({ message: 'Add this?', default: false }, terminal);
}
