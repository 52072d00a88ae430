/** Words for what `cdkpipe action` refuses. */
import type { PlanNode, Problem } from '@cdkpipe/core';

export const actionNotDeployed = (node: string, type: PlanNode['type']): Problem => ({
  code: 'ACTION_NOT_DEPLOYED',
  message: `the action ${node} is of the type ${type}; only publish, prepare and execute are carried out alone`,
  node,
  fix: 'cdkpipe run carries out the whole plan, with its builds and gates',
});

export const preparedMissing = (node: string, prepare: string): Problem => ({
  code: 'PREPARED_MISSING',
  message: `${node} executes a change set, and --prepared does not say which`,
  node,
  fix: `carry out ${prepare} with --json, write what it prints to a file, and name the file with --prepared`,
});

export const preparedUnused = (node: string): Problem => ({
  code: 'PREPARED_UNUSED',
  message: `${node} executes no change set that was prepared, and --prepared names one`,
  node,
  fix: 'leave out --prepared',
});

export const preparedUnreadable = (file: string, reason: string): Problem => ({
  code: 'PREPARED_UNREADABLE',
  message: `${file} is not what cdkpipe action prints for a prepare with --json: ${reason}`,
  fix: 'write the whole document of that command to the file, and change nothing of it',
});

export const preparedOfOther = (file: string, found: string, expected: string): Problem => ({
  code: 'PREPARED_OF_OTHER',
  message: `${file} is of ${found}, not of ${expected}`,
  fix: 'name the file of the same stack, run and mode',
});
