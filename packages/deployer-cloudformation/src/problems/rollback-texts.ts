/** Texts of a rollback, whichever deployer carries it out. */
import { type Environment, environmentName, type Problem } from '@cdkpipe/core';

export function createdByRun(stack: string, env: Environment): string {
  return `the run has created ${stack} in ${environmentName(env)}, and a rollback deletes nothing: remove it by hand if you mean it, aws cloudformation delete-stack --stack-name ${stack} --region ${env.region}`;
}

/** No such stack is in any account, so there is nothing to remove. */
export function createdByRehearsal(stack: string, env: Environment): string {
  return `the rehearsal would have created ${stack} in ${environmentName(env)}; a rollback deletes nothing, so a deployed stack would stay`;
}

export const changedSince = (stack: string): Problem => ({
  code: 'ROLLBACK_OF_CHANGED_STACK',
  message: `the stack ${stack} is not what this run has made of it: somebody has changed it since`,
  fix: 'deploy the version that you want with a new run',
});
