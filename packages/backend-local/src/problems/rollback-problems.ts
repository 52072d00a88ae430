/** Words for what `cdkpipe rollback` cannot do. */
import { type Problem, suggest } from '@cdkpipe/core';

export const nothingToRollBack = (run: string, why: string): Problem => ({
  code: 'NOTHING_TO_ROLL_BACK',
  message: `there is nothing of run ${run} to roll back: ${why}`,
  fix: `nothing was changed; see cdkpipe runs:show ${run}`,
});

export const deploymentUnknown = (deployment: string, known: readonly string[]): Problem => ({
  code: 'DEPLOYMENT_UNKNOWN',
  message: `the pipeline has no deployment "${deployment}"`,
  path: '--deployment',
  fix: suggest(deployment, known),
});

export const rollbackUnfinished = (run: string, deployments: readonly string[], goOn: string): Problem => ({
  code: 'ROLLBACK_UNFINISHED',
  message: `a rollback of run ${run} (${deployments.join(', ')}) was interrupted before it had ended`,
  fix: `go on with it first: ${goOn}`,
});
