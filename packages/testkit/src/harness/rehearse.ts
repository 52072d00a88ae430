/** Lets a step do its work on this machine, with fakes in place of the world. */
import type { LocalAction, LocalQuestion, TaskResult } from '@cdkpipe/backend-local';
import type { PlanNode, Plugin, StepDefinition } from '@cdkpipe/core';
import { watchingWorld, watchWorld } from '../rehearsal/world-watch.ts';
import type { LocalSituation } from './local-context.ts';
import { openLocally } from './open-locally.ts';
import type { StepPlace } from './step-place.ts';
import { type FakedTools, taskTools } from './task-tools.ts';

export interface RehearseOptions<Input = unknown> extends StepPlace<Input>, FakedTools {
  /** What is known before the step begins, such as `{ mode: 'deploy', ringing: ['Errors'] }`. */
  readonly situation?: LocalSituation;
  /** What a person answers to each question of the step; without it the rehearsal ends at the first. */
  readonly answer?: 'approve' | 'reject';
  /** Aborted where the run is to be ended by force. */
  readonly signal?: AbortSignal;
}

/** What one action of the step did. */
export interface RehearsedAction {
  readonly node: PlanNode;
  readonly action: LocalAction;
  /** Absent for a question. */
  readonly result?: TaskResult;
}

export interface RehearsedStep {
  /** Whether what stands behind the step may begin. */
  readonly approved: boolean;
  /** Why not: what the task said, or that nobody has answered. */
  readonly reason?: string;
  /** What the last task said of what it did. */
  readonly summary?: string;
  /** The first question that the step asks. */
  readonly question?: LocalQuestion;
  /** Lines that tasks wrote. */
  readonly log: readonly string[];
  /** When the step was over, by the clock of the test. */
  readonly ended: Date;
  /** What was begun, in order; nothing is begun behind a failure. */
  readonly actions: readonly RehearsedAction[];
}

/**
 * Renders the step for `local` and runs the tasks that it becomes, one after the other. Nothing leaves the machine: what a
 * task reaches for beside its tools fails, and so does a tool for which nothing stands in.
 *
 * @throws CdkpipeError where the step is refused, or a task throws; Error where it used something that is not faked
 */
export async function rehearse<Input>(
  plugin: Plugin<Input>,
  step: StepDefinition,
  options: RehearseOptions<NoInfer<Input>> = {},
): Promise<RehearsedStep> {
  watchWorld();
  const { situation = {}, answer, signal = new AbortController().signal } = options;
  using opened = await openLocally(plugin, step, { place: options, situation });
  const fake = taskTools(options, signal);
  const actions: RehearsedAction[] = [];
  const outside = new Set<string>();
  const end = (ended: Pick<RehearsedStep, 'approved' | 'reason' | 'summary'>): RehearsedStep => {
    const question = actions.find(({ action }) => action.type === 'question')?.action as LocalQuestion | undefined;
    return { ...ended, ...(question ? { question } : {}), log: fake.log, ended: fake.now(), actions };
  };
  const refuseWorld = () => {
    const [missing] = fake.missing;
    if (missing !== undefined) throw new Error(`the step used something for which nothing stands in: ${missing}`);
    if (outside.size > 0)
      throw new Error(`the step reached for ${[...outside].join(', ')}: a task reaches the world by its tools`);
  };

  let summary: string | undefined;
  for (const node of opened.nodes) {
    const action = await opened.render(node);
    if (action.type === 'question') {
      actions.push({ node, action });
      if (answer === undefined) return end({ approved: false, reason: `${node.id} waits for an answer` });
      if (answer === 'reject') return end({ approved: false, reason: `${node.id} was rejected` });
      continue;
    }
    let result: TaskResult;
    try {
      result = await opened.work(node, () =>
        watchingWorld(
          (what) => outside.add(what),
          () => action.run(signal, fake.tools),
        ),
      );
    } finally {
      // Also where the task has caught it: a test that passes by accident shows nothing.
      refuseWorld();
    }
    actions.push({ node, action, result });
    if (!result.approved) return end({ approved: false, reason: result.reason });
    summary = result.summary;
  }
  return end({ approved: true, ...(summary === undefined ? {} : { summary }) });
}
