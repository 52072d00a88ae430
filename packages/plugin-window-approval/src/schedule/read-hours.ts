/** Reads the hours that an author writes: `Mon-Thu 09:00-16:00`. */
import type { DateRange, OpenHours } from './schedule.ts';

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const hoursPattern = /^(?<days>[A-Za-z]+(?:[-,][A-Za-z]+)*) (?<from>\d\d:\d\d)-(?<to>\d\d:\d\d)$/;
const rangePattern = /^(\d{4}-\d\d-\d\d)(?:\/(\d{4}-\d\d-\d\d))?$/;

/** The hours of each day, or what is wrong with the text. */
export function readHours(text: string): readonly OpenHours[] | string {
  const { days = '', from = '', to = '' } = hoursPattern.exec(text)?.groups ?? {};
  if (days === '')
    return 'expected days and hours such as "Mon-Thu 09:00-16:00", "Sat,Sun 10:00-12:00" or "daily 22:00-24:00"';
  const [begin, end] = [readTime(from), readTime(to)];
  if (begin === undefined || end === undefined || begin === 1440) return 'expected times from 00:00 to 24:00';
  if (begin >= end)
    return `expected the end after the beginning; over midnight, write "Fri ${from}-24:00" and "Sat 00:00-${to}"`;
  const named = readDays(days);
  return named
    ? named.map((day) => ({ day, from: begin, to: end }))
    : 'expected days as Mon, Tue, Wed, Thu, Fri, Sat, Sun or daily';
}

/** The days, both included, or undefined where it is no date or range of dates. */
export function readDates(text: string): DateRange | undefined {
  const [, first = '', last = first] = rangePattern.exec(text) ?? [];
  return isDate(first) && isDate(last) && first <= last ? { first, last } : undefined;
}

function readDays(text: string): number[] | undefined {
  if (text.toLowerCase() === 'daily') return dayNames.map((_, day) => day);
  const days = text.split(',').flatMap((part) => {
    const [first = -1, last = first, ...more] = part.split('-').map((name) => dayNames.indexOf(name.toLowerCase()));
    if (first < 0 || last < 0 || more.length > 0) return [undefined];
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
  });
  return days.every((day) => day !== undefined) ? [...new Set(days)] : undefined;
}

function readTime(text: string): number | undefined {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 1440 ? total : undefined;
}

function isDate(text: string): boolean {
  const instant = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
