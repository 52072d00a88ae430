/** The options of `window`: the type, the check at run time and the docs come from this schema. */
import * as z from 'zod';
import { closedStretches } from './schedule/longest-closed.ts';
import { readDates, readHours } from './schedule/read-hours.ts';
import type { Schedule } from './schedule/schedule.ts';

/** Minutes that an approval can wait: CodePipeline's quotas. */
export const longestWait = 86_400;
const days = longestWait / 1440;

/** The function is handed them in its environment, of which Lambda takes 4,096 bytes. */
const mostBytes = 3200;

const hours = z.string().superRefine((text, context) => {
  const read = readHours(text);
  if (typeof read === 'string') context.addIssue(read);
});

const dates = z
  .string()
  .refine(
    (text) => readDates(text) !== undefined,
    'expected a date such as "2026-12-24", or a range "2026-12-24/2027-01-02"',
  );

export const windowOptions = z
  .strictObject({
    open: z
      .array(hours)
      .min(1, 'expected at least one, as the window would never open')
      .max(50)
      .describe('Days and hours: `Mon-Thu 09:00-16:00`, `Sat,Sun 10:00-12:00`, `daily 22:00-24:00`.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as "Europe/Berlin" or "UTC"')
      .describe('IANA name of the time zone whose clocks count.'),
    closed: z
      .array(dates)
      .min(1)
      .max(100)
      .optional()
      .describe('Dates on which it stays closed: `2026-12-24`, or ranges with both ends, `2026-12-24/2027-01-02`.'),
    timeout: z
      .int()
      .min(5)
      .max(longestWait)
      .optional()
      .describe(
        'Minutes to wait for the opening before the step fails, 5 to 86,400; by default 86,400, which is 60 days.',
      ),
  })
  .superRefine((options, context) => {
    if (!isTimeZone(options.timeZone)) return;
    const bytes = JSON.stringify(scheduleOf(options)).length;
    if (bytes > mostBytes) context.addIssue(`expected hours and dates of at most ${mostBytes} bytes, found ${bytes}`);
    const stretches = closedStretches(scheduleOf(options), days);
    stretches.forEach(({ from, until }, index) => {
      if (until !== undefined && until - from <= longestWait * 60_000) return;
      const message = `expected at most ${days} days without an opening, as CodePipeline waits no longer: the window would never open for a run in ${options.closed?.[index]}`;
      context.addIssue({ code: 'custom', path: ['closed', index], message });
    });
  })
  .describe('Waits until a window is open.');

export type WindowInput = z.input<typeof windowOptions>;
export type WindowOptions = z.output<typeof windowOptions>;

/** What the options say, for arithmetic. */
export function scheduleOf({ open, timeZone, closed = [] }: WindowOptions): Schedule {
  const hoursOf = (text: string) => {
    const read = readHours(text);
    return typeof read === 'string' ? [] : read;
  };
  return { timeZone, open: open.flatMap(hoursOf), closed: closed.flatMap((text) => readDates(text) ?? []) };
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are accepted here and know no daylight saving.
    return (
      /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}
