/** Recognises errors about files that do not parse. */
import { readFileSync } from 'node:fs';
import { fileUnparsable } from '../errors/catalogue/loading.ts';
import type { Problem } from '../errors/problem.ts';
import { parseJson } from './parse-json.ts';
import { placeIn } from './place.ts';

/** The problem that `error` tells of, if it is about a script or a JSON file that does not parse. */
export function findSyntaxFault(error: unknown, cwd: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  return findScriptFault(error.message, cwd) ?? findJsonFault(error, cwd);
}

/** jiti words it `ParseError: REASON` and on the next line `FILE:LINE:COLUMN`, the column counted from 0. */
function findScriptFault(message: string, cwd: string): Problem | undefined {
  const [, reason, file, line, column] = /^ParseError: (.*?)\s*\n (.+):(\d+):(\d+)$/s.exec(message) ?? [];
  if (reason === undefined || file === undefined) return undefined;
  const place = placeIn(cwd, { file, line: Number(line), column: Number(column) + 1 });
  return fileUnparsable(placeIn(cwd, { file }), lowerFirst(completed(reason)), place);
}

/** jiti takes all from the first bracket for the position, also the bracket that was expected. */
function completed(reason: string): string {
  return reason.endsWith('expected "') ? `${reason}("` : reason.replace(/\.$/, '');
}

/** Node puts the file in front of what JSON.parse says. */
function findJsonFault(error: Error, cwd: string): Problem | undefined {
  const file = error instanceof SyntaxError ? /^(.+\.json): /.exec(error.message)?.[1] : undefined;
  if (file === undefined) return undefined;
  const parsed = parseJson(readFileSync(file, 'utf8'));
  if (!('reason' in parsed)) return undefined;
  return fileUnparsable(placeIn(cwd, { file }), parsed.reason, placeIn(cwd, { file, ...parsed.at }));
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
