/** The catalogue of error codes that ships with the command: the text of docs/errors.md, made by build/write-errors.mjs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ExplainedError {
  /** Where it arises, for example `The model`. */
  readonly group: string;
  readonly meaning: readonly string[];
  /** A message as it is printed. */
  readonly example: string;
  readonly fix: readonly string[];
}

/** @param root directory of the package of the command */
export function readErrorCatalogue(root: string): ReadonlyMap<string, ExplainedError> {
  const errors = JSON.parse(readFileSync(join(root, 'errors.json'), 'utf8')) as Record<string, ExplainedError>;
  return new Map(Object.entries(errors));
}

/** Whether a word is written as codes are; names of nodes may be, too. */
export function isWrittenAsCode(word: string): boolean {
  return /^[A-Z]+(?:_[A-Z]+)*$/.test(word);
}
