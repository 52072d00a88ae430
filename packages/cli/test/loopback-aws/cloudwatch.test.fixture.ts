/** Alarms of Amazon CloudWatch. */
import type { Handlers } from './world.test.fixture.ts';

export const cloudWatch: Handlers = {
  DescribeAlarms: ({ world, input, authorize }) => {
    authorize('cloudwatch:DescribeAlarms', '*');
    const names = input.AlarmNames as readonly string[];
    const found = world.alarms.filter(({ name }) => names.includes(name));
    return {
      MetricAlarms: found.map(({ name, state, reason, history }) => ({
        AlarmName: name,
        StateValue: state,
        StateReason: reason,
        StateTransitionedTimestamp: seconds(history.at(-1)?.at),
      })),
    };
  },
  DescribeAlarmHistory: ({ world, input, authorize }) => {
    authorize('cloudwatch:DescribeAlarmHistory', '*');
    const since = Number(input.StartDate ?? 0);
    const found = world.alarms.find(({ name }) => name === input.AlarmName);
    const items = found?.history.filter(({ at }) => at.getTime() / 1000 >= since) ?? [];
    return {
      AlarmHistoryItems: items.toReversed().map(({ at, from, to }) => ({
        AlarmName: found?.name,
        Timestamp: seconds(at),
        HistoryItemType: 'StateUpdate',
        // CloudWatch User Guide, "Alarm events": the JSON of a change of state.
        HistoryData: JSON.stringify({ oldState: { stateValue: from }, newState: { stateValue: to } }),
      })),
    };
  },
};

const seconds = (at: Date | undefined) => (at === undefined ? undefined : at.getTime() / 1000);
