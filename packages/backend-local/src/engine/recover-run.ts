/** Decides about what an earlier process has left open: what was running then was cut in the middle. */
import type { Question } from '../journal/run-event.ts';
import { judgeAnswers } from '../state/judge-answers.ts';
import type { NodeState } from '../state/run-state.ts';
import type { OpenQuestions } from './open-questions.ts';
import type { RunAtWork } from './run-at-work.ts';

export function recoverRun(run: RunAtWork, questions: OpenQuestions): void {
  const isOver = run.isLost;
  const planned = new Set(run.plan.nodes.map(({ id }) => id));
  for (const [id, node] of run.state.nodes) {
    if (node.phase === 'ended') continue;
    if (!planned.has(id))
      run.journal.append({ type: 'actionEnded', node: id, outcome: 'skipped', summary: 'no longer in the plan' });
    else if (node.phase === 'asking') recoverQuestion(run, questions, id, node);
    else recoverTask(run, questions, id, node, isOver);
  }
}

function recoverQuestion(run: RunAtWork, questions: OpenQuestions, id: string, node: NodeState): void {
  // What people were asked about may be something else now.
  if (run.input.changed && node.question?.about === 'gate') run.again.add(id);
  else if (node.question && !judgeAnswers(node, run.journal.now).decided) questions.answerByFlag(id, node.question);
}

function recoverTask(run: RunAtWork, questions: OpenQuestions, id: string, node: NodeState, isOver: boolean): void {
  if (isOver || node.retry === 'never') endAsCut(run, id);
  else if (node.retry === 'ask') questions.ask(id, retryQuestion(id, run.state.digest ?? ''));
  else run.again.add(id);
}

/** Where something else has failed meanwhile, what was cut in the middle is not begun again. */
export function giveUpCut(run: RunAtWork): void {
  for (const id of run.again) if (run.state.nodes.get(id)?.phase === 'running') endAsCut(run, id);
  run.again.clear();
}

function endAsCut({ journal }: RunAtWork, node: string): void {
  journal.append({ type: 'actionEnded', node, outcome: 'failed', reason: 'it was cut in the middle' });
}

function retryQuestion(node: string, digest: string): Question {
  return {
    about: 'retry',
    title: `${node} was cut in the middle. Run it again?`,
    details: ['approve runs it once more, reject ends the run as rejected'],
    approvers: { count: 1 },
    digest,
  };
}
