/** The questions that people have to decide: puts them, hears the answers, and writes down what they come to. */
import { isCdkpipeError } from '@cdkpipe/core';
import type { Question } from '../journal/run-event.ts';
import { describeFault } from '../state/describe-fault.ts';
import { judgeAnswers } from '../state/judge-answers.ts';
import type { NodeState } from '../state/run-state.ts';
import { type Answer, answerQuestion } from './answering.ts';
import type { RunAtWork } from './run-at-work.ts';

export class OpenQuestions {
  private readonly run: RunAtWork;
  /** Those that this person cannot decide, or leaves for later. */
  private readonly unheard = new Set<string>();
  private asking: { readonly node: string; readonly done: AbortController } | undefined;

  constructor(run: RunAtWork) {
    this.run = run;
  }

  get count(): number {
    return this.open.length;
  }

  /** Whether one of them can be decided on this terminal. */
  get canBeAnsweredHere(): boolean {
    return this.run.input.terminal !== undefined && this.open.some(([id]) => !this.unheard.has(id));
  }

  ask(node: string, question: Question): void {
    this.run.journal.append({ type: 'questionAsked', node, question });
    this.answerByFlag(node, question);
  }

  answerByFlag(node: string, { about }: Question): void {
    const { prepared, named, person } = this.run.input;
    const given = (about === 'gate' ? prepared : named)?.(this.run.nodeOf(node));
    if (!given) return;
    const { decision, comment } = given;
    this.answer(node, { decision, by: person, via: 'flag', ...(comment === undefined ? {} : { comment }) });
  }

  /** Writes down how those ended that have been decided, by whomever. */
  settle(): void {
    const { journal, again, bell } = this.run;
    const { now } = journal;
    for (const [id, node] of this.open) {
      const judged = judgeAnswers(node, now);
      if (!judged.decided || again.has(id)) continue;
      if (this.asking?.node === id) this.asking.done.abort();
      // What comes after it may start now, whatever else is under way.
      bell.ring();
      if (judged.approved && node.question?.about === 'retry') {
        again.add(id);
        continue;
      }
      const { reason, summary } = judged;
      journal.append({
        type: 'actionEnded',
        node: id,
        outcome: judged.approved ? 'succeeded' : 'rejected',
        ...(reason === undefined ? {} : { reason }),
        ...(summary === undefined ? {} : { summary }),
      });
    }
  }

  /** One question at a time: a terminal has one line to answer on. */
  askOnTerminal(): void {
    const { input, again, isStopping } = this.run;
    const { terminal, person, stop, kill } = input;
    const [open] = this.open.filter(([id]) => !again.has(id) && !this.unheard.has(id));
    if (!terminal || !open || this.asking || isStopping) return;
    const [id, { question }] = open;
    if (!question) return;
    const asking = { node: id, done: new AbortController() };
    this.asking = asking;
    const signal = AbortSignal.any([asking.done.signal, stop, kill]);
    terminal
      .ask(this.run.nodeOf(id), question, signal, this.count - 1)
      .then((given) => {
        if (given === 'later') this.unheard.add(id);
        else if (!signal.aborted) this.answer(id, { ...given, by: person, via: 'terminal' });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.run.fail(error);
      })
      .finally(() => {
        this.asking = undefined;
        this.run.bell.ring();
      });
  }

  stopAsking(): void {
    this.asking?.done.abort();
  }

  private get open(): (readonly [string, NodeState])[] {
    return [...this.run.state.nodes].filter(([id, { phase }]) => phase === 'asking' && !this.run.live.has(id));
  }

  /** An answer that does not count, as somebody was faster or it is not theirs to give, is told and changes nothing. */
  private answer(node: string, answer: Answer): void {
    const { store, run, clock, tell } = this.run.input;
    try {
      answerQuestion({ store, run, now: clock.now() }, node, answer);
    } catch (error) {
      if (!isCdkpipeError(error) || error.source !== 'user' || !isAboutAnswers(error.code)) throw error;
      this.unheard.add(node);
      tell(node, describeFault(error));
    }
    this.run.journal.readNews();
  }
}

function isAboutAnswers(code: string): boolean {
  return ['ALREADY_ANSWERED', 'ANSWERED_TOO_LATE', 'NOT_AN_APPROVER', 'NOT_ASKED'].includes(code);
}
