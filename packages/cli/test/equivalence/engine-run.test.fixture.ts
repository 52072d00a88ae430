/** Runs a plan on the real engine and its real store, with actions that end as a script says and take as long. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRunStore, type Question, runEngine, systemClock, type WorkEnd } from '@cdkpipe/backend-local/engine';
import { findStep, type Plan, type PlanNode } from '@cdkpipe/core';

export interface Script {
  /** IDs of nodes that fail, or are rejected where a person decides. */
  readonly failing: ReadonlySet<string>;
  /**
   * `patient`: what fails does so when nothing else can go on, so that all that may start without it has started;
   * `eager`: at once.
   */
  readonly failures: 'patient' | 'eager';
  /** Milliseconds that actions take, dealt out in turn. */
  readonly durations: readonly number[];
}

export interface EngineRun {
  readonly end: string;
  /** What the journal says, in its order. */
  readonly events: readonly { readonly at: 'start' | 'succeed' | 'fail'; readonly node: string }[];
}

const person = { user: 'ada', account: 'ada' };
/** In memory where the system has such a place: what is compared is order, and a disk would take most of the time. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const never = new AbortController().signal;

/** @param beginning what is known before there is an assembly */
export async function runOnEngine(
  beginning: Plan,
  whole: Plan,
  { failing, failures, durations }: Script,
): Promise<EngineRun> {
  const directory = mkdtempSync(join(scratch, 'cdkpipe-equivalence-'));
  const store = openRunStore(directory);
  const events: { at: 'start' | 'succeed' | 'fail'; node: string }[] = [];
  // Whatever is started or ends counts; a patient failure waits until the count stands still with nothing else live.
  let activity = 0;
  let live = 0;
  let dealt = 0;
  const untilQuiet = async (): Promise<void> => {
    // One look is not enough: on a busy machine the engine may need longer to go on than a timer takes.
    for (let quiet = 0, before = -1; quiet < 3; before = activity) {
      await wait(10);
      quiet = before === activity && live === 0 ? quiet + 1 : 0;
    }
  };
  const perform = async ({ id }: PlanNode): Promise<WorkEnd> => {
    if (failing.has(id)) {
      if (failures === 'patient') await untilQuiet();
      return { outcome: 'failed', reason: 'scripted' };
    }
    live += 1;
    await wait(durations[dealt++ % durations.length] ?? 0);
    live -= 1;
    return { outcome: 'succeeded' };
  };
  const isQuestion = (node: PlanNode) => findStep(node)?.kind === 'manual';
  try {
    store.begin(
      'r',
      {
        type: 'runStarted',
        pipeline: whole.pipeline.name,
        mode: 'rehearsal',
        deployer: 'scripted',
        source: { dirty: false },
        skipBuild: false,
        model: 'm',
        by: person,
      },
      new Date(),
    );
    const end = await runEngine({
      run: 'r',
      store,
      clock: systemClock(),
      course: {
        beginning,
        planWhole: async () => ({ plan: whole, digest: 'd' }),
        workOf: async (_plan, node) =>
          isQuestion(node)
            ? { type: 'question', question: questionOf(node) }
            : { type: 'task', retry: 'safe', run: () => perform(node) },
        rollBack: async () => ({ outcome: 'restored', detail: 'scripted' }),
      },
      concurrency: 256,
      person,
      prepared: ({ id }) => {
        if (!failing.has(id)) return { decision: 'approve' };
        return failures === 'eager' ? { decision: 'reject' } : undefined;
      },
      terminal: {
        ask: async () => {
          await untilQuiet();
          return { decision: 'reject' };
        },
      },
      stop: never,
      kill: never,
      observe: ({ event }) => {
        activity += 1;
        if (event.type === 'actionStarted' || event.type === 'questionAsked')
          events.push({ at: 'start', node: event.node });
        if (event.type === 'actionEnded')
          events.push({ at: event.outcome === 'succeeded' ? 'succeed' : 'fail', node: event.node });
      },
      tell: () => {},
    });
    return { end, events };
  } finally {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function questionOf({ id }: PlanNode): Question {
  return { about: 'gate', title: id, details: [], approvers: { count: 1 }, digest: 'd' };
}
