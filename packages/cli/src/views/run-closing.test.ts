/** The last words about a run. */
import { emptyRun, type NodeState, type RunState } from '@cdkpipe/backend-local/engine';
import { expect, test } from 'vitest';
import { unpainted } from './paint.ts';
import { closingLines } from './run-closing.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const ended = (change: Partial<NodeState>): NodeState => ({
  phase: 'ended',
  attempt: 1,
  since: at(0),
  answers: [],
  outcome: 'succeeded',
  ...change,
});

function stateOf(nodes: Readonly<Record<string, NodeState>>, outcome: 'succeeded' | 'failed'): RunState {
  return {
    ...emptyRun,
    started: { at: at(0), mode: 'rehearsal' } as RunState['started'] & object,
    nodes: new Map(Object.entries(nodes)),
    ended: { outcome, at: at(65) },
  };
}

test('a run that failed shows the command that failed, the last ten lines and how to see the rest', () => {
  const log = ['$ ./smoke.sh', ...Array.from({ length: 30 }, (_, index) => `line ${index + 1}`)].join('\n');
  const state = stateOf(
    { 'Beta/Smoke': ended({ outcome: 'failed', reason: 'the commands failed with exit code 22' }) },
    'failed',
  );
  const lines = closingLines({ run: 'r-1', end: 'failed', state }, () => log, unpainted);
  expect(lines.slice(0, 6)).toEqual([
    '',
    '✖ Beta/Smoke: the commands failed with exit code 22',
    '    $ ./smoke.sh',
    '    …',
    '    line 21',
    '    line 22',
  ]);
  expect(lines).toContain('    line 30');
  expect(lines).toContain('  npx cdkpipe runs:show r-1 --log Beta/Smoke');
  expect(lines).toContain('  npx cdkpipe runs:report r-1 --open');
});

test('a step that has printed nothing is not sent to its log', () => {
  const state = stateOf({ 'Prod/Review': ended({ outcome: 'rejected', reason: 'rejected by ada' }) }, 'failed');
  const lines = closingLines({ run: 'r-1', end: 'rejected', state }, () => undefined, unpainted);
  expect(lines).toContain('✖ Prod/Review: rejected by ada');
  expect(lines.join('\n')).not.toContain('--log');
});

test('a run that succeeded says how long it took, and the addresses that its stacks have', () => {
  const result = { outputs: { Url: 'https://orders.example.com', Table: 'orders' }, summary: '' };
  const state = stateOf({ 'Beta/Api:execute': ended({ result }) }, 'succeeded');
  expect(closingLines({ run: 'r-1', end: 'succeeded', state }, () => undefined, unpainted)).toEqual([
    '',
    '✔ r-1 succeeded in 1m 05s',
    '  Beta/Api:execute  Url = https://orders.example.com',
    '',
    '  npx cdkpipe runs:report r-1 --open',
    '',
  ]);
});
