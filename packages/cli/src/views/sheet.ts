/** What all lines of one tree have in common. */
import type { Paint } from './paint.ts';

export interface Sheet {
  /** Columns of the terminal. */
  readonly width: number;
  /** Columns for what an action works on. */
  readonly subjects: number;
  /** Where the pipeline lives, which the first line of the tree says. */
  readonly home: string;
  /** What an action is called where another waits for it, by ID. */
  readonly titleOf: ReadonlyMap<string, string>;
  readonly paint: Paint;
}
