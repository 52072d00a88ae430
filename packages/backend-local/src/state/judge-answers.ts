/** What the answers to a question amount to. Pure. */
import type { Answered, Person, Question } from '../journal/run-event.ts';
import type { NodeState } from './run-state.ts';

export type Judgement =
  | { readonly decided: false; readonly missing: number }
  | { readonly decided: true; readonly approved: boolean; readonly reason?: string; readonly summary?: string };

/** The first rejection rejects, enough different approvers approve, and a time-out rejects; whichever came first. */
export function judgeAnswers({ question, answers }: NodeState, now: Date): Judgement {
  if (question === undefined) return { decided: false, missing: 0 };
  const approvers = new Set<string>();
  for (const answer of answers) {
    if (isLate(question, answer.at)) break;
    if (answer.decision === 'reject') {
      const why = answer.comment === undefined ? '' : `: ${answer.comment}`;
      return { decided: true, approved: false, reason: `rejected by ${answer.by.user}${why}` };
    }
    approvers.add(personKey(question, answer.by));
    if (approvers.size >= question.approvers.count)
      return { decided: true, approved: true, summary: `approved by ${approversOf(answers).join(', ')}` };
  }
  if (isLate(question, now.toISOString()))
    return { decided: true, approved: false, reason: `nobody decided before ${question.expires}` };
  return { decided: false, missing: question.approvers.count - approvers.size };
}

function approversOf(answers: readonly Answered[]): string[] {
  return [...new Set(answers.map(({ by }) => by.user))];
}

export function isLate({ expires }: Question, at: string): boolean {
  return expires !== undefined && at >= expires;
}

/** Who counts as one approver: an account, as the system says it; a claimed name, without case, where those count. */
export function personKey({ approvers }: Question, { user, account, uid }: Person): string {
  if (approvers.claimed) return user.toLowerCase();
  return uid === undefined ? account : `uid ${uid}`;
}

export function mayApprove({ approvers: { of, claimed } }: Question, { user, account }: Person): boolean {
  if (of === undefined) return true;
  return claimed ? of.some((name) => name.toLowerCase() === user.toLowerCase()) : of.includes(account);
}
