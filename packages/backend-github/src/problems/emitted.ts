/** What is wrong with a workflow as it was written. */
import type { Problem } from '@cdkpipe/core';
import type { Limit } from '../github/limits.ts';

export const workflowInvalid = (file: string, message: string): Problem => ({
  code: 'WORKFLOW_INVALID',
  message: `GitHub would refuse ${file}: ${message}`,
  fix: 'change what `backends.github.customize` does, or report the fault where nothing is customized',
});

export const workflowUnsafe = (job: string, what: string): Problem => ({
  code: 'WORKFLOW_UNSAFE',
  message: `the job ${job} ${what}`,
  fix: 'leave that as it was rendered in `backends.github.customize`',
});

/** @param subject what has it, for example `the job Beta` */
export function outsideLimit({ what, unit, max, source, advice }: Limit, subject: string, found: number): Problem {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `${what} of ${subject}: ${found} ${unit}, ${found - max} more than ${max}`,
    fix: `${advice}; the limit is described at ${source}`,
  };
}

export const nameTaken = (what: string, name: string, nodes: readonly string[]): Problem => ({
  code: 'NAME_TAKEN',
  message: `${what} ${JSON.stringify(name)} would stand for ${nodes.join(' and ')}; GitHub does not tell upper from lower case`,
  fix: 'give one of them another name',
});
