/** Recognises errors about files that do not parse. */
import { readFileSync } from 'node:fs';
import { fileUnparsable } from '../errors/catalogue/loading.ts';
import type { Problem } from '../errors/problem.ts';
import { parseJson, type SyntaxFault } from './parse-json.ts';
import { placeIn } from './place.ts';

/** The problem of a file that a parser could not read. */
export function wordSyntaxFault(file: string, { reason, at }: SyntaxFault, cwd: string): Problem {
  return fileUnparsable(placeIn(cwd, { file }), reason, placeIn(cwd, { file, ...at }));
}

/** The problem that `error` tells of, if it is about a script or a JSON file that does not parse. */
export function findSyntaxFault(error: unknown, cwd: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  return findScriptFault(error.message, cwd) ?? findJsonFault(error, cwd);
}

/** jiti words it `ParseError: REASON` and on the next line `FILE:LINE:COLUMN`, the column counted from 0. */
function findScriptFault(message: string, cwd: string): Problem | undefined {
  const [, text, file, line, column] =
    /^(?:ParseError|TRANSFORM_ERROR|undefined): (.*?)\s*\n (.+):(\d+):(\d+)$/s.exec(message) ?? [];
  if (text === undefined || file === undefined) return undefined;
  const reason = lowerFirst(completed(text));
  const fault = line === '0' ? { reason } : { reason, at: { line: Number(line), column: Number(column) + 1 } };
  return wordSyntaxFault(file, fault, cwd);
}

/** jiti takes all from the first bracket for the position, also the bracket that was expected. */
function completed(reason: string): string {
  return reason.endsWith('expected "') ? `${reason}("` : reason.replace(/\.$/, '');
}

/** Node puts the file in front of what JSON.parse says. */
function findJsonFault(error: Error, cwd: string): Problem | undefined {
  const file = error instanceof SyntaxError ? /^(.+\.json): /.exec(error.message)?.[1] : undefined;
  return file === undefined ? undefined : findFaultInJson(file, cwd);
}

/** What is wrong with a JSON file, if that is its syntax. */
export function findFaultInJson(file: string, cwd: string): Problem | undefined {
  const parsed = parseJson(readFileSync(file, 'utf8'));
  return 'reason' in parsed ? wordSyntaxFault(file, parsed, cwd) : undefined;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
