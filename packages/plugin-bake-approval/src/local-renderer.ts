/** Runs `bake` on this machine: minutes of the run's clock. Alarms are asked for nowhere; a rehearsal may make them go off. */
import type { LocalAction, LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import { readAlarm } from './alarm-name.ts';
import { type Bake, beganAt, judgeBake, type World } from './judge-bake.ts';
import { type BakeOptions, defaultRecovers } from './options.ts';

const minute = 60_000;
const madeUp = 'as --alarm says';

export const bakeOnThisMachine = defineRenderer<BakeOptions, LocalContext, LocalAction>({
  backend: 'local',
  kind: 'bake',
  render({ options: { minutes, alarms = [], recovers = defaultRecovers } }, { mode, executed, ringing }) {
    if (mode !== 'rehearsal' && alarms.length > 0) {
      // Which credentials may read them is not known here; the gate stays, and a person stands in.
      const comment = `Watch for ${minutes} minutes, and decide: ${alarms.join(', ')}.`;
      return { type: 'question', comment };
    }
    const loud = alarms.filter((alarm) => ringing.includes(alarm) || ringing.includes(readAlarm(alarm).name));
    const bake = { minutes, alarms: alarms.map((alarm) => readAlarm(alarm).name), recovers };
    return {
      type: 'task',
      // Waiting has no effects, and counts from what the journal knows.
      retry: 'safe',
      run: async (_, tools) =>
        rehearse(
          bake,
          executed ?? tools.now(),
          loud.map((alarm) => readAlarm(alarm).name),
          tools,
        ),
    };
  },
});

/** Judged as in AWS, by alarms that are quiet but for those that somebody makes go off once the bake has begun. */
async function rehearse(bake: Bake, executed: Date, loud: readonly string[], tools: TaskTools): Promise<TaskResult> {
  const began = executed.getTime();
  const end = began + bake.minutes * minute;
  const world: World = {
    now: () => tools.now().getTime(),
    describe: async (names) =>
      names.map((name) => (loud.includes(name) ? { name, state: 'ALARM', reason: madeUp } : { name, state: 'OK' })),
    transitions: async () => [],
  };
  if (end > world.now()) tools.log(`bakes until ${new Date(end).toISOString()}`);
  for (let state = beganAt(began, bake); ; ) {
    const answer = await judgeBake(bake, state, world);
    if (!('pending' in answer)) return answer.approved ? approved(bake) : { approved: false, reason: answer.reason };
    state = answer.state;
    await tools.sleep(Math.max(1, end - world.now()));
  }
}

function approved({ minutes, alarms }: Bake): TaskResult {
  const unread = alarms.length === 0 ? '' : '; a rehearsal reads no alarms';
  return { approved: true, summary: `${minutes} minutes since the last execution${unread}` };
}
