/** The times at which a window opens, as EventBridge Scheduler writes them. */
import type { Schedule } from './schedule/schedule.ts';

/** EventBridge Scheduler counts days from 1, Sunday. */
export function openingTimes({ open }: Schedule): string[] {
  const daysByTime = new Map<number, Set<number>>();
  for (const { day, from } of open) daysByTime.set(from, (daysByTime.get(from) ?? new Set()).add(day + 1));
  return [...daysByTime].map(
    ([from, days]) => `cron(${from % 60} ${Math.floor(from / 60)} ? * ${[...days].sort().join(',')} *)`,
  );
}
