/** The events of a stack that one execution has caused: lines of a log, and the reason of a failure. */
import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { OpenedStack } from './opened-stack.ts';

/**
 * Reads the events of the execution `token`, the oldest first.
 *
 * @param stack name or ARN
 * @param seen IDs of events that were read before; what is older than one of them is not asked for
 */
export async function readEvents(
  { client, signal, ask }: OpenedStack,
  stack: string,
  token: string,
  seen: ReadonlySet<string> = new Set(),
): Promise<StackEvent[]> {
  const fresh: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const describe = new DescribeStackEventsCommand({ StackName: stack, ...(NextToken ? { NextToken } : {}) });
    const page = await ask('DescribeStackEvents', () => client.send(describe, { abortSignal: signal }));
    const events = page.StackEvents ?? [];
    const own = events.filter(({ ClientRequestToken }) => ClientRequestToken === token);
    fresh.push(...own.filter(({ EventId = '' }) => !seen.has(EventId)));
    NextToken = page.NextToken;
    if (own.some(({ EventId = '' }) => seen.has(EventId))) break;
    // The latest come first: once ours have begun, a page without any lies before them.
    if (fresh.length > 0 && own.length === 0) break;
  } while (NextToken);
  return fresh.reverse();
}

export function eventLine({
  LogicalResourceId,
  ResourceType,
  ResourceStatus,
  ResourceStatusReason,
}: StackEvent): string {
  const reason = ResourceStatusReason ? `: ${ResourceStatusReason}` : '';
  return `${ResourceStatus} ${LogicalResourceId} (${ResourceType})${reason}`;
}

/** The first failure is the cause; those after it were cancelled because of it. */
export function firstFailure(events: readonly StackEvent[]): string | undefined {
  const failed = events.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
  const cause = failed.find(({ ResourceStatusReason = '' }) => !/cancelled$/i.test(ResourceStatusReason.trim()));
  const event = cause ?? failed[0];
  return event && eventLine(event);
}

/** The status with which the execution ended, where an event says so. */
export function lastStatus(events: readonly StackEvent[]): string | undefined {
  return events.findLast(
    ({ StackId, PhysicalResourceId, ResourceStatus = '' }) =>
      StackId === PhysicalResourceId && !ResourceStatus.endsWith('_IN_PROGRESS'),
  )?.ResourceStatus;
}
