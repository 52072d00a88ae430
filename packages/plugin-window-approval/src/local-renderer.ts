/** Runs `window` on this machine: by the run's clock, with the arithmetic of the function in AWS. */
import type { LocalContext, LocalTask, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import { longestWait, scheduleOf, type WindowOptions } from './options.ts';
import { isOpen } from './schedule/is-open.ts';
import { nextOpening } from './schedule/next-opening.ts';
import type { Schedule } from './schedule/schedule.ts';

const minute = 60_000;

/** Days; further than anybody may wait, so that a refusal can say when it opens. */
const farthest = 2 * (longestWait / 1440);

export const windowOnThisMachine = defineRenderer<WindowOptions, LocalContext, LocalTask>({
  backend: 'local',
  kind: 'window',
  render({ options }, { begun }) {
    return {
      type: 'task',
      // Waiting has no effects.
      retry: 'safe',
      run: (_, tools) => waitUntilOpen(scheduleOf(options), options.timeout ?? longestWait, begun, tools),
    };
  },
});

/** @param timeout minutes */
async function waitUntilOpen(
  schedule: Schedule,
  timeout: number,
  begun: Date | undefined,
  tools: TaskTools,
): Promise<TaskResult> {
  const now = () => tools.now().getTime();
  const since = begun?.getTime() ?? now();
  const last = since + timeout * minute;
  const opening = nextOpening(schedule, now(), farthest);
  if (opening === undefined || opening > last) {
    const opens = opening === undefined ? '' : `; it opens ${say(opening, schedule)}`;
    return {
      approved: false,
      reason: `the window stays closed for longer than the ${timeout} minutes to wait${opens}`,
    };
  }
  if (opening > now()) {
    tools.log(`closed; opens ${say(opening, schedule)}`);
    await tools.sleep(opening - now());
    // The machine may have slept through the opening, or its clock been set.
    if (!isOpen(schedule, now())) return waitUntilOpen(schedule, timeout, new Date(since), tools);
  }
  return { approved: true, summary: `the window is open: ${say(now(), schedule)}` };
}

/** `Mon, 28 Dec 2026, 09:00 Europe/Berlin` */
function say(instant: number, { timeZone }: Schedule): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);
  return `${text} ${timeZone}`;
}
