/** Problems as the `--json` document of a command holds them. */
import { clearedProblem, docsOf, type Problem } from '@cdkpipe/core';
import type { Failure } from '../problems/failure.ts';

export type ProblemDocument = Problem & { readonly docs: string };

export function problemDocument(problem: Problem): ProblemDocument {
  return { ...clearedProblem(problem), docs: docsOf(problem) };
}

/** The document of a command that failed; `errors` is empty in that of one that did not. */
export function failureDocument(failure: Failure): { errors: ProblemDocument[]; warnings: ProblemDocument[] } {
  return { errors: failure.problems.map(problemDocument), warnings: [] };
}
