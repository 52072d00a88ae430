/** When a window opens next. */
import { isOpen } from './is-open.ts';
import type { Schedule } from './schedule.ts';
import { addDays, dayOfWeek, readWallClock } from './wall-clock.ts';

const minute = 60_000;

/**
 * The first full minute, not before `after`, at which the window is open; `after` itself where it is open then.
 *
 * @param after milliseconds since 1970
 * @param days how far to look; undefined is the answer where it stays closed for so long
 */
export function nextOpening(schedule: Schedule, after: number, days: number): number | undefined {
  if (isOpen(schedule, after)) return after;
  const today = readWallClock(after, schedule.timeZone).date;
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const opening = firstOpeningOf(addDays(today, ahead), schedule, after);
    if (opening !== undefined) return opening;
  }
  return undefined;
}

function firstOpeningOf(date: string, schedule: Schedule, after: number): number | undefined {
  if (schedule.closed.some(({ first, last }) => date >= first && date <= last)) return undefined;
  const starts = schedule.open.filter(({ day }) => day === dayOfWeek(date)).map(({ from }) => from);
  const openings = starts.flatMap((from) => firstOpenMinute(date, from, schedule, after) ?? []);
  return openings.length > 0 ? Math.min(...openings) : undefined;
}

/**
 * The clock may skip the time at which the window opens, or show it twice, so every minute is tried at which it may show
 * it for the first time, and the hours a change of the clock takes.
 */
function firstOpenMinute(date: string, from: number, schedule: Schedule, after: number): number | undefined {
  const shown = Date.parse(`${date}T00:00Z`) + from * minute;
  const offsets = [-1, 0, 1].map((day) => offsetAt(shown + day * 86_400_000, schedule.timeZone));
  const begin = shown - Math.max(...offsets);
  const end = shown - Math.min(...offsets) + 60 * minute;
  for (let instant = Math.max(begin, Math.ceil(after / minute) * minute); instant <= end; instant += minute)
    if (isOpen(schedule, instant)) return instant;
  return undefined;
}

/** Milliseconds that the wall clock is ahead of UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const { date, minutes } = readWallClock(instant, timeZone);
  return Date.parse(`${date}T00:00Z`) + minutes * minute - instant;
}
