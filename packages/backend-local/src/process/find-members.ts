/** Which processes belong to a step, by ancestry, session and token. Pure: the table is read elsewhere. */
import type { ProcessRow } from './process-table.ts';

/** What is known of a step's processes from earlier looks. */
export interface StepTrace {
  /** The first process of the step started then; nothing older is the step's. */
  readonly since: number;
  /** When each known process started, by number. */
  readonly known: ReadonlyMap<number, number>;
  /** Sessions of the step, and when each was last seen to be the step's: a number may be another's later. */
  readonly sessions: ReadonlyMap<number, number>;
}

/** @param hasToken whether the process was started with the token of the step in its environment */
export function findMembers(
  table: readonly ProcessRow[],
  trace: StepTrace,
  hasToken: (pid: number) => boolean,
): ProcessRow[] {
  const { since, known, sessions } = trace;
  const candidates = table.filter(({ born }) => born >= since);
  const isTraced = ({ pid, session, born }: ProcessRow) =>
    known.get(pid) === born || born <= (sessions.get(session) ?? -1) || hasToken(pid);
  let members = candidates.filter(isTraced);
  for (;;) {
    const pids = new Set(members.map(({ pid }) => pid));
    const led = new Set(members.map(({ session }) => session));
    const wider = candidates.filter(
      ({ pid, parent, session }) => pids.has(pid) || pids.has(parent) || led.has(session),
    );
    if (wider.length === members.length) return members;
    members = wider;
  }
}
