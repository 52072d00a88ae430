/** The engine: carries a run on until it ends, is interrupted or waits for people; every step durable before the next. */
import { internalFault, isCdkpipeError, isGate, type Plan, type PlanNode, unreachable } from '@cdkpipe/core';
import { laterOf } from '../journal/later.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { ActionEnded, ActionStarted, Person, Question, RunEvent, RunOutcome } from '../journal/run-event.ts';
import * as words from '../problems.ts';
import { rollBackAutomatically } from '../rollback/roll-back-automatically.ts';
import { sayRollback } from '../rollback/rollback-state.ts';
import type { RunStore } from '../store/run-store.ts';
import { type Answer, answerQuestion } from './answering.ts';
import type { Clock } from './clock.ts';
import type { Course, Work, WorkEnd } from './course.ts';
import { describeFault } from './describe-fault.ts';
import { judgeAnswers } from './judge-answers.ts';
import { emptyRun, foldRecords, type NodeState, type RunState } from './run-state.ts';
import { findReady, standingOf, stopsTheRun } from './schedule.ts';

/** Asks a person; rejects when `signal` is aborted because somebody else has answered. */
export interface Terminal {
  ask(node: PlanNode, question: Question, signal: AbortSignal): Promise<Omit<Answer, 'by' | 'via'>>;
}

export interface EngineInput {
  readonly run: string;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly course: Course;
  /** Whether the plan has changed since the run was interrupted: what is asked is asked anew. */
  readonly changed?: boolean;
  /** How many tasks may run at the same time. */
  readonly concurrency: number;
  readonly person: Person;
  /** Absent where there is nobody to ask; then the run waits for `cdkpipe approve`. */
  readonly terminal?: Terminal;
  /** Answers to gates that were given on the command line. */
  readonly prepared?: (node: PlanNode) => Omit<Answer, 'by' | 'via'> | undefined;
  /** Aborted: nothing more is started, what runs may end. */
  readonly stop: AbortSignal;
  /** Aborted: what runs is ended by force. */
  readonly kill: AbortSignal;
  /** Told of every record, its own and those of others; `past` for those that were there before. */
  observe(record: JournalRecord, past: boolean): void;
  /** Told what somebody who watches a node should know and the journal need not. */
  tell(node: string, text: string): void;
}

export type EngineEnd = RunOutcome | 'interrupted' | 'waiting';

/** How often answers from other terminals are looked for, in milliseconds. */
const pollMs = 200;

const cutInTheMiddle = 'it was cut in the middle';

export function runEngine(input: EngineInput): Promise<EngineEnd> {
  return new Engine(input).run();
}

class Engine {
  private readonly input: EngineInput;
  private state: RunState = emptyRun;
  private whole: Plan | undefined;
  private readonly live = new Map<string, Promise<void>>();
  /** To be written in one transaction, at the end of this turn of the event loop. */
  private batch: {
    readonly event: ActionStarted | ActionEnded;
    resolve(isWritten: boolean): void;
    reject(error: unknown): void;
  }[] = [];
  /** Nodes to begin again: cut in the middle, and free to. */
  private readonly again = new Set<string>();
  private readonly force = new AbortController();
  /** Questions that this person cannot decide. */
  private readonly unheard = new Set<string>();
  private failure: { readonly error: unknown } | undefined;
  private asking: { readonly node: string; readonly done: AbortController } | undefined;
  /** Something happened that the loop has not looked at yet. */
  private news = false;
  private wake: () => void = () => {};

  constructor(input: EngineInput) {
    this.input = input;
    this.whole = input.course.whole;
  }

  async run(): Promise<EngineEnd> {
    const { stop, kill } = this.input;
    const wake = () => this.ring();
    const end = () => this.force.abort(kill.reason);
    stop.addEventListener('abort', wake);
    kill.addEventListener('abort', end);
    if (kill.aborted) end();
    try {
      this.take(this.input.store.read(this.input.run), true);
      this.recover();
      return await this.carryOn();
    } catch (error) {
      // The journal can no longer be trusted to follow: nothing may go on behind its back.
      this.force.abort(error);
      await Promise.allSettled(this.live.values());
      throw error;
    } finally {
      this.asking?.done.abort();
      stop.removeEventListener('abort', wake);
      kill.removeEventListener('abort', end);
    }
  }

  private async carryOn(): Promise<EngineEnd> {
    for (;;) {
      if (this.failure) throw this.failure.error;
      this.news = false;
      this.readNews();
      this.settleQuestions();
      if (!this.isStopping) await this.startReady();
      // Flags answer as soon as something is asked.
      this.settleQuestions();
      const end = this.live.size === 0 && this.failure === undefined ? await this.findEnd() : undefined;
      if (end === 'goOn') continue;
      if (end) return end;
      this.askOnTerminal();
      await this.nextEvent();
    }
  }

  private get plan(): Plan {
    return this.whole ?? this.input.course.beginning;
  }

  /** By the journal, time never goes back. */
  private get now(): Date {
    return new Date(laterOf(this.input.clock.now().toISOString(), this.state.at));
  }

  private get isStopping(): boolean {
    return this.input.stop.aborted || this.input.kill.aborted;
  }

  /** With nothing under way: is it over, and how? */
  private async findEnd(): Promise<EngineEnd | 'goOn' | undefined> {
    if (this.hasStopped) this.giveUpCut();
    const standing = standingOf(this.plan, this.state);
    if (standing === 'failed' || standing === 'rejected') return (await this.goBack()) ?? this.end(standing);
    if (this.isStopping) {
      this.append({ type: 'runInterrupted', reason: 'signal' });
      return 'interrupted';
    }
    if (standing === 'succeeded') {
      if (this.whole) return this.end('succeeded');
      await this.planWhole();
      return 'goOn';
    }
    if (standing === 'going' || this.again.size > 0) return 'goOn';
    const isAsking = this.input.terminal && this.openQuestions.some(([id]) => !this.unheard.has(id));
    return isAsking ? undefined : this.waitForPeople();
  }

  /** Leaves the run to people, unless one of them has just answered. */
  private waitForPeople(): EngineEnd | 'goOn' {
    const { store, run, clock } = this.input;
    const isQuiet = store.decide(run, clock.now(), (records) =>
      records.length === this.state.seq
        ? { event: { type: 'runInterrupted', reason: 'waiting' }, result: true }
        : { result: false },
    );
    this.readNews();
    return isQuiet ? 'waiting' : 'goOn';
  }

  private async planWhole(): Promise<void> {
    const { plan, digest } = await this.input.course.planWhole();
    const nodes = plan.nodes.map(({ id, type, group, after }) => ({ id, type, group, after }));
    this.append({ type: 'planned', digest, nodes });
    this.whole = plan;
  }

  /** What `rollback: 'auto'` asks for; a run that is stopped meanwhile goes on with it when it is resumed. */
  private async goBack(): Promise<'interrupted' | undefined> {
    const { plan } = this;
    const { course, concurrency, person: by, stop, kill } = this.input;
    const isOver = await rollBackAutomatically(plan, {
      by,
      concurrency,
      state: () => this.state,
      append: (event) => this.append(event),
      rollBack: (stack) => course.rollBack(plan, stack, this.force.signal),
      stop: AbortSignal.any([stop, kill]),
      force: this.force.signal,
    });
    if (isOver) return undefined;
    this.append({ type: 'runInterrupted', reason: 'signal' });
    return 'interrupted';
  }

  private end(outcome: RunOutcome): RunOutcome {
    if (outcome === 'succeeded') this.assertGates();
    const stopper = [...this.state.nodes].find(([, node]) => stopsTheRun(node));
    const why = stopper && `${stopper[0]}: ${stopper[1].reason ?? stopper[1].outcome}`;
    const rollbacks = this.state.rollbacks.map(sayRollback);
    const reason = why && [why, ...rollbacks].join('; ');
    this.append({ type: 'runEnded', outcome, ...(reason === undefined ? {} : { reason }) });
    return outcome;
  }

  /** The ledger's last column for this backend: every gate has passed, or the run has not succeeded. */
  private assertGates(): void {
    const open = this.plan.nodes.filter(
      (node) => isGate(node) && this.state.nodes.get(node.id)?.outcome !== 'succeeded',
    );
    if (open.length > 0) throw internalFault(words.gateNotPassed(open.map(({ id }) => id)));
  }

  /** What was running when an earlier process ended was cut in the middle. */
  private recover(): void {
    const isOver = [...this.state.nodes.values()].some(stopsTheRun);
    const planned = new Set(this.plan.nodes.map(({ id }) => id));
    for (const [id, node] of this.state.nodes) {
      if (node.phase === 'ended') continue;
      if (!planned.has(id))
        this.append({ type: 'actionEnded', node: id, outcome: 'skipped', summary: 'no longer in the plan' });
      else if (node.phase === 'asking') {
        // What people were asked about may be something else now.
        if (this.input.changed && node.question?.about === 'gate') this.again.add(id);
        else if (node.question && !judgeAnswers(node, this.now).decided) this.answerByFlag(id, node.question);
      } else if (isOver || node.retry === 'never')
        this.append({ type: 'actionEnded', node: id, outcome: 'failed', reason: cutInTheMiddle });
      else if (node.retry === 'ask') this.ask(id, retryQuestion(id, this.state.digest ?? ''));
      else this.again.add(id);
    }
  }

  /** What was cut in the middle and waits to begin again, when something else has ended the run. */
  private giveUpCut(): void {
    for (const id of this.again) {
      if (this.state.nodes.get(id)?.phase === 'running')
        this.append({ type: 'actionEnded', node: id, outcome: 'failed', reason: cutInTheMiddle });
    }
    this.again.clear();
  }

  private async startReady(): Promise<void> {
    const { concurrency, course } = this.input;
    for (;;) {
      if (this.isStopping || this.failure || this.live.size >= concurrency) return;
      const node = this.nextNode();
      if (!node) return;
      let work: Work;
      try {
        work = await course.workOf(this.plan, node, this.state);
      } catch (error) {
        this.again.delete(node.id);
        this.append({ type: 'actionEnded', node: node.id, outcome: 'failed', reason: describeFault(error) });
        continue;
      }
      if (this.failure || this.isStopping) return;
      this.again.delete(node.id);
      if (work.type === 'question') this.ask(node.id, work.question);
      else this.start(node, work);
    }
  }

  private nextNode(): PlanNode | undefined {
    const [again] = this.hasStopped ? [] : this.again;
    if (again === undefined) return findReady(this.plan, this.state).find(({ id }) => !this.live.has(id));
    return this.nodeOf(again);
  }

  private nodeOf(id: string): PlanNode {
    return this.plan.nodes.find((node) => node.id === id) ?? unreachable(`${id} is not in the plan`);
  }

  private start({ id }: PlanNode, work: Extract<Work, { type: 'task' }>): void {
    const before = this.state.nodes.get(id);
    const settled = (async () => {
      const attempt = (before?.attempt ?? 0) + 1;
      if (!(await this.write({ type: 'actionStarted', node: id, attempt, retry: work.retry }))) {
        // Cut in the middle before, it still is.
        if (before) this.again.add(id);
        return;
      }
      let end: WorkEnd;
      try {
        end = await work.run(this.force.signal);
      } catch (error) {
        end = { outcome: 'failed', reason: describeFault(error) };
      }
      // What ended because it was killed has not ended by itself; it stays cut in the middle.
      if (!this.force.signal.aborted) await this.write({ type: 'actionEnded', node: id, ...end });
    })();
    const watched = settled
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.live.delete(id);
        this.ring();
      });
    this.live.set(id, watched);
  }

  /**
   * Durable when it resolves; false where it was too late to begin. What is written in one turn of the event loop
   * shares a transaction: its time is that of the disk, and actions that begin or end together need not queue for it.
   */
  private write(event: ActionStarted | ActionEnded): Promise<boolean> {
    if (this.batch.length === 0) setImmediate(() => this.writeBatch());
    return new Promise((resolve, reject) => this.batch.push({ event, resolve, reject }));
  }

  private writeBatch(): void {
    const batch = this.batch;
    this.batch = [];
    const ends = batch.filter(({ event }) => event.type === 'actionEnded');
    // Since a start was decided, something may have stopped the run.
    const isOver =
      this.isStopping ||
      this.failure !== undefined ||
      this.force.signal.aborted ||
      ends.some(({ event }) => event.type === 'actionEnded' && stopsTheRun({ ...event, phase: 'ended' })) ||
      this.hasStopped;
    const written = new Set(isOver ? ends : batch);
    try {
      if (written.size > 0) this.append(...[...written].map(({ event }) => event));
      for (const entry of batch) entry.resolve(written.has(entry));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  private get hasStopped(): boolean {
    return [...this.state.nodes.values()].some(stopsTheRun);
  }

  private ask(node: string, question: Question): void {
    this.append({ type: 'questionAsked', node, question });
    this.answerByFlag(node, question);
  }

  private answerByFlag(node: string, { about }: Question): void {
    const { prepared, person } = this.input;
    const given = about === 'gate' ? prepared?.(this.nodeOf(node)) : undefined;
    if (!given) return;
    const { decision, comment } = given;
    const answer: Answer = { decision, by: person, via: 'flag', ...(comment === undefined ? {} : { comment }) };
    this.answer(node, answer);
  }

  /** An answer that does not count, as somebody was faster or it is not theirs to give, is told and changes nothing. */
  private answer(node: string, answer: Answer): void {
    const { store, run, clock } = this.input;
    try {
      answerQuestion({ store, run, now: clock.now() }, node, answer);
    } catch (error) {
      if (!isCdkpipeError(error) || error.source !== 'user' || !isAboutAnswers(error.code)) throw error;
      this.unheard.add(node);
      this.input.tell(node, describeFault(error));
    }
    this.readNews();
  }

  private get openQuestions(): (readonly [string, NodeState])[] {
    return [...this.state.nodes].filter(([id, { phase }]) => phase === 'asking' && !this.live.has(id));
  }

  private settleQuestions(): void {
    const { now } = this;
    for (const [id, node] of this.openQuestions) {
      const judged = judgeAnswers(node, now);
      if (!judged.decided || this.again.has(id)) continue;
      if (this.asking?.node === id) this.asking.done.abort();
      if (judged.approved && node.question?.about === 'retry') {
        this.again.add(id);
        continue;
      }
      const { reason, summary } = judged;
      this.append({
        type: 'actionEnded',
        node: id,
        outcome: judged.approved ? 'succeeded' : 'rejected',
        ...(reason === undefined ? {} : { reason }),
        ...(summary === undefined ? {} : { summary }),
      });
    }
  }

  /** One question at a time: a terminal has one line to answer on. */
  private askOnTerminal(): void {
    const { terminal, person } = this.input;
    const [open] = this.openQuestions.filter(([id]) => !this.again.has(id) && !this.unheard.has(id));
    if (!terminal || !open || this.asking || this.isStopping) return;
    const [id, { question }] = open;
    if (!question) return;
    const asking = { node: id, done: new AbortController() };
    this.asking = asking;
    const signal = AbortSignal.any([asking.done.signal, this.input.stop, this.input.kill]);
    terminal
      .ask(this.nodeOf(id), question, signal)
      .then((given) => {
        if (!signal.aborted) this.answer(id, { ...given, by: person, via: 'terminal' });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.failure ??= { error };
      })
      .finally(() => {
        this.asking = undefined;
        this.ring();
      });
  }

  private readNews(): void {
    const { store, run } = this.input;
    this.take(store.readAfter(run, this.state.seq));
  }

  private append(...events: readonly RunEvent[]): void {
    const { store, run, clock } = this.input;
    const records = store.appendAll(run, clock.now(), events);
    // Somebody may have answered since: what came in before is folded in first.
    if (records[0]?.seq === this.state.seq + 1) this.take(records);
    else this.readNews();
  }

  private take(records: readonly JournalRecord[], past = false): void {
    this.state = foldRecords(this.state, records);
    for (const record of records) this.input.observe(record, past);
  }

  /** Until something ends, is stopped, or may have been answered. */
  private async nextEvent(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.news) resolve();
      if (this.openQuestions.length > 0) timer = setTimeout(resolve, pollMs);
    });
    clearTimeout(timer);
    this.wake = () => {};
  }

  private ring(): void {
    this.news = true;
    this.wake();
  }
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

function isAboutAnswers(code: string): boolean {
  return ['ALREADY_ANSWERED', 'ANSWERED_TOO_LATE', 'NOT_AN_APPROVER', 'NOT_ASKED'].includes(code);
}
