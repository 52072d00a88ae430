/** Runs `bake` on this machine: minutes of the run's clock. Alarms are asked for nowhere; a rehearsal may make them go off. */
import type { LocalAction, LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import { readAlarm } from './alarm-name.ts';
import type { BakeOptions } from './options.ts';

const minute = 60_000;

export const bakeOnThisMachine = defineRenderer<BakeOptions, LocalContext, LocalAction>({
  backend: 'local',
  kind: 'bake',
  render({ options: { minutes, alarms = [] } }, { mode, executed, ringing }) {
    if (mode !== 'rehearsal' && alarms.length > 0) {
      // Which credentials may read them is not known here; the gate stays, and a person stands in.
      const comment = `Watch for ${minutes} minutes, and decide: ${alarms.join(', ')}.`;
      return { type: 'question', comment };
    }
    const loud = alarms.find((alarm) => ringing.includes(alarm) || ringing.includes(readAlarm(alarm).name));
    return {
      type: 'task',
      // Waiting has no effects, and counts from what the journal knows.
      retry: 'safe',
      run: async (_, tools) => {
        if (loud !== undefined)
          return { approved: false, reason: `the alarm ${readAlarm(loud).name} is in ALARM, as --alarm says` };
        return waitFor(minutes, executed ?? tools.now(), alarms.length, tools);
      },
    };
  },
});

async function waitFor(minutes: number, executed: Date, alarms: number, tools: TaskTools): Promise<TaskResult> {
  const end = executed.getTime() + minutes * minute;
  const left = () => end - tools.now().getTime();
  if (left() > 0) tools.log(`bakes until ${new Date(end).toISOString()}`);
  while (left() > 0) await tools.sleep(left());
  const unread = alarms === 0 ? '' : '; a rehearsal reads no alarms';
  return { approved: true, summary: `${minutes} minutes since the last execution${unread}` };
}
