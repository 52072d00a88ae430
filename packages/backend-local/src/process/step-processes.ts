/** Every process of one step, also those that left its process group, and how they are ended. */
import { setTimeout as wait } from 'node:timers/promises';
import { findMembers } from './find-members.ts';
import { birthUnits, type ProcessRow, readEnvironment, readProcess, readProcesses } from './process-table.ts';
import type { StepCgroup } from './step-cgroup.ts';
import { hasStepToken } from './step-token.ts';

export interface StepIdentity {
  /** The first process of the step, which leads a session of its own. */
  readonly root: number;
  readonly token: string;
  readonly cgroup?: StepCgroup | undefined;
  /** `performance.now()` just before the first process was started. */
  readonly startedAt: number;
}

/** How often new processes are looked for, in milliseconds; where ps is needed, less often. */
const lookEvery = process.platform === 'linux' ? 400 : 2000;

/** How long the processes of a step may take to die, in milliseconds; what the kernel holds on to is reported. */
const patience = 5000;

export class StepProcesses {
  private readonly step: StepIdentity;
  private readonly since: number;
  private readonly known = new Map<number, number>();
  private readonly sessions = new Map<number, number>();
  private readonly timer: NodeJS.Timeout;

  /** To be made while the first process has not been waited for. */
  constructor(step: StepIdentity) {
    this.step = step;
    const root = readProcess(step.root);
    this.since = root?.born ?? 0;
    if (root) this.known.set(step.root, root.born);
    this.sessions.set(step.root, this.now());
    this.timer = setInterval(() => this.watch(), lookEvery);
    this.timer.unref();
  }

  /** To be called as soon as the first process was waited for: until then its number was its own. */
  rootEnded(): void {
    this.sessions.set(this.step.root, this.now());
  }

  /** Sends a signal to every process of the step that is found. */
  signal(signal: NodeJS.Signals): ProcessRow[] {
    const members = this.look();
    if (signal === 'SIGKILL') this.step.cgroup?.kill();
    for (const member of members) send(member, signal);
    return members;
  }

  /** Kills until nothing is left. @returns numbers of the processes that have not ended in time */
  async end(): Promise<number[]> {
    clearInterval(this.timer);
    const until = performance.now() + patience;
    let members = this.signal('SIGKILL');
    for (let pause = 2; members.length > 0 && performance.now() < until; pause = Math.min(pause * 2, 100)) {
      await wait(pause);
      members = this.signal('SIGKILL');
    }
    const { cgroup } = this.step;
    while (cgroup && !cgroup.remove() && performance.now() < until) await wait(10);
    return members.map(({ pid }) => pid);
  }

  private look(): ProcessRow[] {
    const { token, cgroup } = this.step;
    const now = this.now();
    const grouped = new Set(cgroup?.members());
    const table = readProcesses().filter(({ pid }) => pid !== process.pid);
    const { since, known, sessions } = this;
    const members = findMembers(
      table,
      { since, known, sessions },
      (pid) => grouped.has(pid) || hasStepToken(readEnvironment(pid), token),
    );
    for (const { pid, born, session } of members) {
      known.set(pid, born);
      sessions.set(session, now);
    }
    return members;
  }

  /** The kernel keeps the members of a control group by itself. */
  private watch(): void {
    if (this.step.cgroup && this.step.cgroup.members().length > 0) clearInterval(this.timer);
    else this.look();
  }

  /** In the clock of the process table; the first process ties it to ours. */
  private now(): number {
    const elapsed = ((performance.now() - this.step.startedAt) / 1000) * birthUnits;
    return Math.ceil(this.since + elapsed);
  }
}

/** Never to a number that has become another's since it was looked up. */
function send({ pid, born }: ProcessRow, signal: NodeJS.Signals): void {
  if (process.platform === 'linux' && readProcess(pid)?.born !== born) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, or runs as another account.
  }
}
