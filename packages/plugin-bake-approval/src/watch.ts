/** What Lambda runs for a bake: looks at the clock and at CloudWatch, each time CodePipeline calls. */
import { CloudWatchClient, DescribeAlarmsCommand, paginateDescribeAlarmHistory } from '@aws-sdk/client-cloudwatch';
import {
  type Bake,
  type BakeAnswer,
  type BakeState,
  beganAt,
  judgeBake,
  type Transition,
  type World,
} from './judge-bake.ts';

const client = new CloudWatchClient({ maxAttempts: 6, retryMode: 'adaptive' });
// CloudWatch leaves composite alarms out unless it is asked for them.
const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;

const world: World = {
  now: () => Date.now(),
  async describe(AlarmNames) {
    const answer = await client.send(new DescribeAlarmsCommand({ AlarmNames, AlarmTypes, MaxRecords: 100 }));
    return [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].map((alarm) => ({
      name: alarm.AlarmName ?? '',
      state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
      ...(alarm.StateReason === undefined ? {} : { reason: alarm.StateReason }),
      ...(alarm.StateTransitionedTimestamp ? { changed: alarm.StateTransitionedTimestamp.getTime() } : {}),
    }));
  },
  async transitions(AlarmName, since) {
    const pages = paginateDescribeAlarmHistory(
      { client },
      { AlarmName, AlarmTypes, HistoryItemType: 'StateUpdate', StartDate: new Date(since), MaxRecords: 100 },
    );
    const found: Transition[] = [];
    for await (const { AlarmHistoryItems = [] } of pages)
      for (const { Timestamp, HistoryData } of AlarmHistoryItems)
        found.push({ at: Timestamp?.getTime() ?? Number.POSITIVE_INFINITY, to: newStateOf(HistoryData) });
    return found;
  },
};

/** What the history does not say counts as `ALARM`. */
function newStateOf(historyData = '{}'): string {
  const { newState } = JSON.parse(historyData) as { newState?: { stateValue?: string } };
  return newState?.stateValue ?? 'ALARM';
}

/** @param context `state` is what the last look returned */
export function handler(bake: Bake, { state }: { readonly state?: unknown }): Promise<BakeAnswer> {
  return judgeBake(bake, readState(state, bake), world);
}

/** A bake that an older version began has a number as its state: when it began. */
function readState(state: unknown, bake: Bake): BakeState | undefined {
  return typeof state === 'number' ? beganAt(state, bake) : (state as BakeState | undefined);
}
