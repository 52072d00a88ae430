/** What the author of a moved app has to know or to do, each with its place in the old app. */
import type { Place } from './old-app.ts';

export interface Note {
  /** `gate`: a gate has no counterpart; `open`: something else has none; `changed`: it is there in another form. */
  readonly type: 'gate' | 'open' | 'changed';
  readonly what: string;
  readonly fix: string;
  readonly at?: Place;
}

const make =
  (type: Note['type']) =>
  (what: string, fix: string, at?: Place): Note => ({ type, what, fix, ...(at && { at }) });

export const gateNotCarried = make('gate');
export const notCarried = make('open');
export const carriedDifferently = make('changed');
