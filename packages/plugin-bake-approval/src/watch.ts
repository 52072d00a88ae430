/** What Lambda runs for a bake: looks at the clock and at CloudWatch, each time CodePipeline calls. */
import { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type Bake, type BakeAnswer, judgeBake, type World } from './judge-bake.ts';

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
  async wentOff(AlarmName, since) {
    const StartDate = new Date(since);
    const answer = await client.send(
      new DescribeAlarmHistoryCommand({
        AlarmName,
        AlarmTypes,
        HistoryItemType: 'StateUpdate',
        StartDate,
        MaxRecords: 100,
      }),
    );
    return (answer.AlarmHistoryItems ?? []).some(({ HistoryData = '{}' }) => newStateOf(HistoryData) === 'ALARM');
  },
};

function newStateOf(historyData: string): string | undefined {
  const { newState } = JSON.parse(historyData) as { newState?: { stateValue?: string } };
  return newState?.stateValue;
}

/** @param context `state` is when the bake began */
export function handler(bake: Bake, { state }: { readonly state?: unknown }): Promise<BakeAnswer> {
  return judgeBake(bake, typeof state === 'number' ? state : undefined, world);
}
