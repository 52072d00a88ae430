/** What an approver sees on the terminal, and what their keys come to. */
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Question } from '@cdkpipe/backend-local/engine';
import type { PlanNode } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { terminalOf } from './ask-approver.ts';

const question: Question = {
  about: 'gate',
  title: 'Review',
  comment: 'read the changes',
  details: ['wave Prod'],
  changes: [
    {
      deployment: 'Prod',
      stack: 'Data',
      isNew: false,
      resources: Array.from({ length: 30 }, (_, index) => ({
        logicalId: `Table${index + 1}`,
        resourceType: 'AWS::DynamoDB::Table',
        action: 'modify' as const,
        properties: ['BillingMode'],
      })),
      others: [],
      findings: [],
    },
  ],
  approvers: { count: 1 },
  digest: 'd'.repeat(64),
};
const node = { id: 'Prod/Review', type: 'approve' } as unknown as PlanNode;

/** Asks, presses each key as soon as the text before it is shown, and tells what was on the screen. */
async function press(
  keys: readonly (readonly [shown: string, key: string])[],
  { signal = new AbortController().signal, waiting = 0 } = {},
) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: false });
  // A terminal outlives the prompts on it, as process.stderr does.
  output.end = () => output;
  let text = '';
  let screen = '';
  let interrupted = 0;
  output.on('data', (piece) => {
    text = stripVTControlCharacters(text + String(piece));
    screen += stripVTControlCharacters(String(piece));
  });
  // inquirer asks of a stream no more than this.
  const streams = { input, output: output as unknown as NodeJS.WriteStream };
  const order: string[] = [];
  const aside = async <T>(work: () => Promise<T>) => {
    order.push('tree away');
    const result = await work();
    order.push('tree back');
    return result;
  };
  const answer = terminalOf(() => void interrupted++, aside, streams).ask(node, question, signal, waiting);
  const settled = answer.then(
    (value) => value,
    (error: Error) => error.name,
  );
  for (const [shown, key] of keys) {
    for (let tries = 0; !text.includes(shown); tries++) {
      if (tries > 200) throw new Error(`"${shown}" is not on the screen: ${text}`);
      await wait(10);
    }
    text = '';
    input.write(key);
    await wait(20);
  }
  return { answer: await settled, interrupted, order, screen };
}

const asks = 'later: leave the question open';

test('an approver sees what would change, and approves with or without a comment', async () => {
  const plain = await press([
    ['~ Table1  AWS::DynamoDB::Table  BillingMode', 'a\r'],
    ['Comment (may be empty)', '\r'],
  ]);
  expect(plain).toMatchObject({ answer: { decision: 'approve' }, interrupted: 0, order: ['tree away', 'tree back'] });
  const commented = await press([
    [`digest ${'d'.repeat(64)}`, 'a\r'],
    ['Comment', 'read them\r'],
  ]);
  expect(commented.answer).toEqual({ decision: 'approve', comment: 'read them' });
});

test('Enter alone decides nothing', async () => {
  const { answer } = await press([
    [asks, '\r'],
    ['Please input a value', 'l\r'],
  ]);
  expect(answer).toBe('later');
});

test('a long list is cut, and d shows all of it before the question is asked again', async () => {
  const { answer, screen } = await press([
    ['… 25 more: press d', 'd\r'],
    [asks, 'l\r'],
  ]);
  expect(answer).toBe('later');
  expect(screen).toContain('~ Table30');
});

test('an approver is told how many decisions follow', async () => {
  const { answer } = await press([['2 more decisions will be asked for after this one', 'l\r']], { waiting: 2 });
  expect(answer).toBe('later');
});

test('a rejection needs a reason', async () => {
  const { answer } = await press([
    [asks, 'r\r'],
    ['Reason', '\r'],
    ['a rejection needs a reason', 'too risky\r'],
  ]);
  expect(answer).toEqual({ decision: 'reject', comment: 'too risky' });
});

test('Ctrl-C at the question interrupts the run and decides nothing', async () => {
  const { answer, interrupted } = await press([[asks, '\u0003']]);
  expect([answer, interrupted]).toEqual(['ExitPromptError', 1]);
});

test('the question goes away when somebody else has answered', async () => {
  const decided = new AbortController();
  setTimeout(() => decided.abort(), 100);
  const { answer, interrupted } = await press([], { signal: decided.signal });
  expect([answer, interrupted]).toEqual(['AbortPromptError', 0]);
});
