/** A module that exists only where the function runs. */

declare module '@aws-sdk/client-cloudwatch' {
  interface Command<Output> {
    readonly output?: Output;
  }
  interface Alarm {
    readonly AlarmName?: string;
    readonly StateValue?: string;
    readonly StateReason?: string;
    readonly StateTransitionedTimestamp?: Date;
  }
  export const DescribeAlarmsCommand: new (input: {
    AlarmNames: readonly string[];
    AlarmTypes: readonly ('MetricAlarm' | 'CompositeAlarm')[];
    MaxRecords: number;
  }) => Command<{ readonly MetricAlarms?: readonly Alarm[]; readonly CompositeAlarms?: readonly Alarm[] }>;
  export class CloudWatchClient {
    constructor(config: { maxAttempts: number; retryMode: string });
    send<Output>(command: Command<Output>): Promise<Output>;
  }
  /** Asks for page after page. */
  export function paginateDescribeAlarmHistory(
    config: { client: CloudWatchClient },
    input: {
      AlarmName: string;
      AlarmTypes: readonly ('MetricAlarm' | 'CompositeAlarm')[];
      HistoryItemType: 'StateUpdate';
      StartDate: Date;
      MaxRecords: number;
    },
  ): AsyncIterable<{
    readonly AlarmHistoryItems?: readonly { readonly Timestamp?: Date; readonly HistoryData?: string }[];
  }>;
}
