/** Times as the clock of the person shows them. */

/** `2026-12-24 18:30` in the time zone of this machine. */
export function localTime(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `UTC`, `GMT+1`, `EST`: the zone of this machine at that time. */
export function zoneName(at: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
] as const;

/** `3d ago`, `2h ago`, `just now`; `in 2h` for a run whose clock was set ahead. */
export function relativeTime(at: string, now: number): string {
  const seconds = Math.round((now - Date.parse(at)) / 1000);
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return 'just now';
  const text = `${Math.floor(Math.abs(seconds) / unit[1])}${unit[0]}`;
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}
