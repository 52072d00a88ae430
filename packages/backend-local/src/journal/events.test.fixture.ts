/** Events that a run begins with. */
import type { Question, RunEvent, RunStarted } from './run-event.ts';

export const person = { user: 'ada', account: 'ada' };

export const started = (pipeline = 'shop'): RunStarted => ({
  type: 'runStarted',
  pipeline,
  mode: 'rehearsal',
  deployer: 'rehearsal',
  source: { dirty: false },
  skipBuild: true,
  model: 'm',
  by: person,
});

export const question: Question = {
  about: 'gate',
  title: 'Review',
  details: [],
  approvers: { count: 1 },
  digest: 'd'.repeat(64),
};

export const asked = (node: string, change: Partial<Question> = {}): RunEvent => ({
  type: 'questionAsked',
  node,
  question: { ...question, ...change },
});
