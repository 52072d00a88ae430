/** Places in files, and how they are written. */
import { relative } from 'node:path';

/** A position in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file, and where in it as far as that is known. */
export interface Place extends Partial<Position> {
  readonly file: string;
}

/** A path relative to `directory`, with line and column where they are known, for example `lib/orders.ts:12:5`. */
export function placeIn(directory: string, { file, line, column }: Place): string {
  const path = relative(directory, file).replaceAll('\\', '/');
  return line === undefined || column === undefined ? path : `${path}:${line}:${column}`;
}
