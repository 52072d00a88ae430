/** Parses JSON and says where it is broken. */
import { createRequire } from 'node:module';
import type { ParseError } from 'jsonc-parser';
import type { Position } from './place.ts';

export type Parsed = { readonly value: unknown } | SyntaxFault;

/** Why a text does not parse, and where as far as that is known. */
export interface SyntaxFault {
  readonly reason: string;
  readonly at?: Position;
}

/** The value, or what is wrong and where. */
export function parseJson(text: string): Parsed {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return { value: JSON.parse(json) };
  } catch (error) {
    const offset = findFault(json);
    const reason = reasonOf(error as SyntaxError);
    return offset === undefined ? { reason } : { reason, at: positionOf(json, offset) };
  }
}

/** What V8 says, without the position and the quotation of the text: the place tells both better. */
function reasonOf({ message }: SyntaxError): string {
  const reason = message.replace(/ (in JSON )?at position .*|, (\.\.\.)?".*" is not valid JSON$/s, '');
  return reason.slice(0, 1).toLowerCase() + reason.slice(1);
}

// JSON.parse of Node 20 names no place for most faults; loaded only when there is one.
function findFault(json: string): number | undefined {
  const { parse } = createRequire(import.meta.url)('jsonc-parser') as typeof import('jsonc-parser');
  const errors: ParseError[] = [];
  try {
    parse(json, errors, { disallowComments: true });
  } catch {
    // It calls itself for each level, and some texts have more levels than the stack.
    return undefined;
  }
  return errors[0]?.offset;
}

/** Counted from 1. */
export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
