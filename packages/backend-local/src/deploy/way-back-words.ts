/** Words for what the way back of a stack can come upon, whichever deployer takes it. */
import { type Environment, environmentName, type Problem } from '@cdkpipe/core';

export function createdByRun(stack: string, env: Environment): string {
  return `the run has created ${stack} in ${environmentName(env)}, and a rollback deletes nothing: remove it by hand if you mean it, aws cloudformation delete-stack --stack-name ${stack} --region ${env.region}`;
}

export const changedSince = (stack: string): Problem => ({
  code: 'ROLLBACK_OF_CHANGED_STACK',
  message: `the stack ${stack} is not what this run has made of it: somebody has changed it since`,
  fix: 'deploy the version that you want with a new run',
});
