/** Puts an answer into the journal: the first that decides wins, and whoever comes later is told. */
import { type Problem, refused } from '@cdkpipe/core';
import { laterOf } from '../journal/later.ts';
import type { Answered, Person } from '../journal/run-event.ts';
import * as words from '../problems/problems.ts';
import { isLate, judgeAnswers, mayApprove, personKey } from '../state/judge-answers.ts';
import { emptyRun, foldRecords, type NodeState } from '../state/run-state.ts';
import type { RunStore } from '../store/run-store.ts';

export interface Answer {
  readonly decision: Answered['decision'];
  readonly by: Person;
  readonly via: Answered['via'];
  readonly comment?: string;
}

export interface AnswerReceipt {
  /** What was decided about, SHA-256. */
  readonly digest: string;
  /** How many more people must approve; 0 when it is decided. */
  readonly missing: number;
}

/**
 * @throws CdkpipeError telling why the answer does not count: already decided (and by whom), not asked, too late, or not theirs to give
 */
export function answerQuestion(
  { store, run, now }: { readonly store: RunStore; readonly run: string; readonly now: Date },
  node: string,
  answer: Answer,
): AnswerReceipt {
  const { problem, receipt } = store.decide<{ problem?: Problem; receipt?: AnswerReceipt }>(run, now, (records) => {
    const state = foldRecords(emptyRun, records);
    const asked = state.nodes.get(node);
    const at = laterOf(now.toISOString(), state.at);
    const { ended } = state;
    const why = ended
      ? words.runEnded(run, ended.outcome, ended.at)
      : whyNot(run, node, asked, [...state.nodes], answer, at);
    if (why || !asked?.question) return { result: { problem: why ?? words.notAsked(run, node, []) } };
    const { digest } = asked.question;
    const event: Answered = { type: 'answered', node, digest, ...answer };
    const judged = judgeAnswers({ ...asked, answers: [...asked.answers, { ...event, at }] }, new Date(at));
    return { event, result: { receipt: { digest, missing: judged.decided ? 0 : judged.missing } } };
  });
  if (receipt) return receipt;
  throw refused(problem ? [problem] : []);
}

function whyNot(
  run: string,
  node: string,
  asked: NodeState | undefined,
  all: readonly (readonly [string, NodeState])[],
  { by, decision }: Answer,
  at: string,
): Problem | undefined {
  const open = all.filter(([, { phase }]) => phase === 'asking').map(([id]) => id);
  if (!asked?.question) return words.notAsked(run, node, open);
  const first = asked.answers[0];
  const judged = judgeAnswers(asked, new Date(at));
  if (asked.phase !== 'asking' || judged.decided) {
    if (isLate(asked.question, at) && (!first || isLate(asked.question, first.at)))
      return words.answeredTooLate(node, asked.question.expires ?? '');
    return words.alreadyAnswered(
      node,
      asked.answers.map(
        (answer) => `${answer.by.user} ${answer.decision === 'approve' ? 'approved' : 'rejected'} it at ${answer.at}`,
      ),
    );
  }
  if (decision === 'approve' && !mayApprove(asked.question, by))
    return words.notAnApprover(node, by, asked.question.approvers);
  const { question } = asked;
  const earlier = asked.answers.find((answer) => personKey(question, answer.by) === personKey(question, by));
  if (earlier && decision === 'approve') {
    return question.approvers.claimed
      ? words.alreadyAnswered(node, [`${earlier.by.user} approved it at ${earlier.at}`])
      : words.quorumNeedsAccounts(node, earlier.by.account, earlier.at);
  }
  return undefined;
}
