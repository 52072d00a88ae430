/** The engine: carries a run on until it ends, is interrupted or waits for people; every step durable before the next. */
import { internalFault, isGate, type PlanNode } from '@cdkpipe/core';
import type { RunOutcome } from '../journal/run-event.ts';
import * as words from '../problems/problems.ts';
import type { Work } from '../state/course.ts';
import { describeFault } from '../state/describe-fault.ts';
import { isOutage, stopsTheRunFor } from '../state/is-outage.ts';
import { plannedNode } from '../state/planned-node.ts';
import { sayRollback } from '../state/rollback-state.ts';
import { findReady, standingOf, stopsTheRun } from '../state/schedule.ts';
import { Announcer } from './announcer.ts';
import type { EngineEnd, EngineInput } from './engine-input.ts';
import { LiveTasks } from './live-tasks.ts';
import { OpenQuestions } from './open-questions.ts';
import { giveUpCut, recoverRun } from './recover-run.ts';
import { rollBackAutomatically } from './roll-back-automatically.ts';
import { RunAtWork } from './run-at-work.ts';

/** How often answers from other terminals are looked for, in milliseconds. */
const pollMs = 200;

export function runEngine(input: EngineInput): Promise<EngineEnd> {
  return new Engine(input).run();
}

class Engine {
  private readonly input: EngineInput;
  private readonly atWork: RunAtWork;
  private readonly tasks: LiveTasks;
  private readonly questions: OpenQuestions;
  private readonly announcer: Announcer;

  constructor(input: EngineInput) {
    this.input = input;
    this.atWork = new RunAtWork(input);
    this.tasks = new LiveTasks(this.atWork);
    this.questions = new OpenQuestions(this.atWork);
    this.announcer = new Announcer(this.atWork);
  }

  async run(): Promise<EngineEnd> {
    const { stop, kill } = this.input;
    const wake = () => this.atWork.bell.ring();
    const end = () => this.tasks.endByForce(kill.reason);
    stop.addEventListener('abort', wake);
    kill.addEventListener('abort', end);
    if (kill.aborted) end();
    try {
      this.atWork.journal.readPast();
      await this.announcer.runStart();
      if (!this.atWork.fault) recoverRun(this.atWork, this.questions);
      return await this.carryOn();
    } catch (error) {
      // The journal can no longer be trusted to follow: nothing may go on behind its back.
      this.tasks.endByForce(error);
      await this.tasks.settled();
      throw error;
    } finally {
      this.questions.stopAsking();
      stop.removeEventListener('abort', wake);
      kill.removeEventListener('abort', end);
    }
  }

  private async carryOn(): Promise<EngineEnd> {
    const { atWork, questions, tasks, announcer } = this;
    for (;;) {
      if (atWork.failure) throw atWork.failure.error;
      atWork.bell.hush();
      atWork.journal.readNews();
      questions.settle();
      if (!atWork.isStopping) await this.startReady();
      // Flags answer as soon as something is asked.
      questions.settle();
      if (atWork.isLost && !announcer.isBusy) giveUpCut(atWork);
      announcer.tellEnds();
      const isQuiet = tasks.count === 0 && !announcer.isBusy && atWork.failure === undefined;
      const end = isQuiet ? await this.findEnd() : undefined;
      if (end === 'goOn') continue;
      if (end) return end;
      if (atWork.fault) questions.stopAsking();
      else questions.askOnTerminal();
      await atWork.bell.listen(questions.count > 0 ? pollMs : undefined);
    }
  }

  /** With nothing under way: is it over, and how? */
  private async findEnd(): Promise<EngineEnd | 'goOn' | undefined> {
    const { journal, plan, whole, isStopping, again, fault } = this.atWork;
    if (fault) return this.interrupt();
    const standing = standingOf(plan, this.announcer.settledState);
    if (standing === 'failed' || standing === 'rejected') return (await this.goBack()) ?? this.end(standing);
    if (isStopping) return this.interrupt();
    if (standing === 'succeeded') {
      if (whole) return this.end('succeeded');
      await this.planWhole();
      return 'goOn';
    }
    if (standing === 'going' || again.size > 0) return 'goOn';
    if (this.questions.canBeAnsweredHere) return undefined;
    // Leaves the run to people, unless one of them has just answered.
    return journal.appendIfQuiet({ type: 'runInterrupted', reason: 'waiting' }) ? 'waiting' : 'goOn';
  }

  private async planWhole(): Promise<void> {
    const { plan, digest, seal } = await this.input.course.planWhole();
    const nodes = plan.nodes.map((node) => plannedNode(node));
    this.atWork.journal.append({ type: 'planned', digest, ...(seal === undefined ? {} : { seal }), nodes });
    this.atWork.whole = plan;
  }

  /** What `rollback: 'auto'` asks for; a run that is stopped meanwhile goes on with it when it is resumed. */
  private async goBack(): Promise<EngineEnd | undefined> {
    const { plan, journal } = this.atWork;
    const { course, concurrency, person: by, stop, kill } = this.input;
    const force = this.tasks.forced;
    const isOver = await rollBackAutomatically(plan, {
      by,
      concurrency,
      state: () => journal.state,
      append: (event) => journal.append(event),
      rollBack: (stack) => course.rollBack(plan, stack, force),
      stop: AbortSignal.any([stop, kill]),
      force,
    });
    return isOver ? undefined : this.interrupt();
  }

  /** @throws what a plugin or the world did, where that is why */
  private interrupt(): EngineEnd {
    const { journal, fault } = this.atWork;
    if (fault) {
      const reason = isOutage(fault.error) ? 'world' : 'plugin';
      journal.append({ type: 'runInterrupted', reason, fault: describeFault(fault.error) });
      throw fault.error;
    }
    journal.append({ type: 'runInterrupted', reason: 'signal' });
    return 'interrupted';
  }

  private async end(outcome: RunOutcome): Promise<EngineEnd> {
    if (outcome === 'succeeded') this.assertGates();
    const stopper = [...this.atWork.state.nodes].find(([, node]) => stopsTheRun(node));
    const why = stopper && `${stopper[0]}: ${stopper[1].reason ?? stopper[1].outcome}`;
    const reason = why && [why, ...this.atWork.state.rollbacks.map(sayRollback)].join('; ');
    if (!(await this.announcer.runEnd(outcome, reason))) return this.interrupt();
    this.atWork.journal.append({ type: 'runEnded', outcome, ...(reason === undefined ? {} : { reason }) });
    return outcome;
  }

  /** The ledger's last column for this backend: every gate has passed, or the run has not succeeded. */
  private assertGates(): void {
    const { plan, state } = this.atWork;
    const open = plan.nodes.filter((node) => isGate(node) && state.nodes.get(node.id)?.outcome !== 'succeeded');
    if (open.length > 0) throw internalFault(words.gateNotPassed(open.map(({ id }) => id)));
  }

  private async startReady(): Promise<void> {
    const { atWork, tasks, questions, announcer } = this;
    const { concurrency, course } = this.input;
    for (;;) {
      if (atWork.isStopping || atWork.failure || tasks.count + announcer.countStarting >= concurrency) return;
      const node = this.nextNode();
      if (!node) return;
      let work: Work;
      try {
        work = await course.workOf(atWork.plan, node, atWork.state);
      } catch (error) {
        if (stopsTheRunFor(error)) return atWork.stopFor(error);
        atWork.again.delete(node.id);
        atWork.journal.append({ type: 'actionEnded', node: node.id, outcome: 'failed', reason: describeFault(error) });
        continue;
      }
      if (atWork.failure || atWork.isStopping) return;
      announcer.start(node, work.type === 'question' ? work.question : undefined, () => {
        atWork.again.delete(node.id);
        if (work.type === 'question') questions.ask(node.id, work.question);
        else {
          this.tellUnasked(node);
          tasks.begin(node, work);
        }
      });
    }
  }

  /** Whoever answers beforehand relies on it; that it decides nothing must not pass in silence. */
  private tellUnasked(node: PlanNode): void {
    const { input } = this;
    const isRetried = this.atWork.state.nodes.get(node.id)?.question?.about === 'retry';
    const given = isRetried ? undefined : input.named?.(node);
    if (given) input.tell(node.id, words.answerUnused(given.decision, node.id));
  }

  private nextNode(): PlanNode | undefined {
    const { plan, again, isLost, live } = this.atWork;
    const { announcer } = this;
    if (isLost) return undefined;
    const [first] = [...again].filter((id) => !announcer.isStarting(id));
    if (first !== undefined) return this.atWork.nodeOf(first);
    return findReady(plan, announcer.settledState).find(({ id }) => !announcer.isStarting(id) && !live.has(id));
  }
}
