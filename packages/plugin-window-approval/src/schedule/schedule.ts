/** When a window is open: weekly hours on the clock of a time zone, but for some dates. */

/** Open on one day of the week. */
export interface OpenHours {
  /** 0 is Sunday. */
  readonly day: number;
  /** Minutes since midnight, on the wall clock. */
  readonly from: number;
  /** As `from`, exclusive; at most 1,440. */
  readonly to: number;
}

/** Days of the calendar of the time zone, both included, as `2026-12-24`. */
export interface DateRange {
  readonly first: string;
  readonly last: string;
}

export interface Schedule {
  /** An IANA name, for example `Europe/Berlin`. */
  readonly timeZone: string;
  readonly open: readonly OpenHours[];
  readonly closed: readonly DateRange[];
}
