/** Whether a window is open. */
import type { Schedule } from './schedule.ts';
import { dayOfWeek, readWallClock } from './wall-clock.ts';

/** @param instant milliseconds since 1970 */
export function isOpen({ timeZone, open, closed }: Schedule, instant: number): boolean {
  const { date, minutes } = readWallClock(instant, timeZone);
  if (closed.some(({ first, last }) => date >= first && date <= last)) return false;
  return open.some(({ day, from, to }) => day === dayOfWeek(date) && minutes >= from && minutes < to);
}
