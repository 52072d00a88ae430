/** What a move came to. */
import type { Problem } from '@cdkpipe/core';
import type { StackComparison } from './compare/comparison.ts';
import type { Note } from './old-app/note.ts';

export interface MigrateReport {
  /** Absolute path of the definition. */
  readonly file: string;
  readonly wasWritten: boolean;
  /** Deployments and gates of the old pipeline; absent where the app has none, as `--check` allows. */
  readonly old?: { readonly deployments: number; readonly gates: number };
  /** Number of gates that the definition declares; absent where it could not be synthesised. */
  readonly gates?: number;
  readonly notes: readonly Note[];
  /** Packages that the definition imports and the project does not have; then nothing is compared. */
  readonly packages: readonly string[];
  /** Absent where the definition could not be synthesised. */
  readonly stacks?: readonly StackComparison[];
  /** Why it could not. */
  readonly problems: readonly Problem[];
}

/** Whether nothing is left to do: all gates are there, nothing is open, and every stack is the same. */
export function isComplete({ notes, old, gates, stacks }: MigrateReport): boolean {
  if (stacks === undefined || notes.some(({ type }) => type !== 'changed')) return false;
  if (old !== undefined && (gates ?? 0) < old.gates) return false;
  return stacks.every(({ verdict }) => verdict === 'same' || verdict === 'metadata');
}
