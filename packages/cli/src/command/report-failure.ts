/** Shows a failure where the user looks for it, and leaves its exit code behind. */
import { withoutCredentials } from '@cdkpipe/core';
import { toFailure } from '../problems/failure.ts';
import { writeDocument } from '../process/stdout-document.ts';
import { print, printLine } from '../terminal/print.ts';
import { paragraphs } from '../terminal/printable.ts';
import { paintFor } from '../views/paint.ts';
import { failureDocument } from '../views/problem-document.ts';
import { failureView } from '../views/problems.ts';

export interface ReportOptions {
  readonly json: boolean;
  readonly debug: boolean;
}

export function reportFailure(error: unknown, { json, debug }: ReportOptions): void {
  const failure = toFailure(error);
  process.exitCode = failure.exitCode;
  if (json) writeDocument(failureDocument(failure));
  else print(process.stderr, failureView(failure, paintFor(process.stderr)));
  if (debug) printLine(process.stderr, paragraphs(stackOf(failure.error)));
}

/** The options that a command line asks for, where it could not be parsed. */
export function reportOptionsOf(argv: readonly string[]): ReportOptions {
  const flags = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  return { json: flags.includes('--json'), debug: flags.includes('--debug') };
}

/** With its causes, which quote the addresses that libraries were given. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return withoutCredentials(String(error));
  const stack = withoutCredentials(error.stack ?? error.message);
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}
