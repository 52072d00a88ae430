/** What cannot cross accounts or regions. */
import { type Environment, environmentName, type Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const artifactsOutOfReach = (region: string, env: Environment, place: Place): Problem => ({
  code: 'ARTIFACTS_OUT_OF_REACH',
  message: `the artifacts in "${region}" were drawn for the pipeline's account alone, and an action in ${environmentName(env)} wants to read them`,
  fix: 'act where `runIn` of the step says (`runsCode: true` gives a kind this option), as that is known in time',
  ...at(place),
});

export const outputAcrossAccounts = (artifact: string, account: string, place: Place): Problem => ({
  code: 'OUTPUT_ACROSS_ACCOUNTS',
  message: `the action would put out the artifact "${artifact}" from the account ${account}; CodeBuild encrypts outputs with a key of its own account there, which the pipeline cannot use`,
  fix: "run the step in the pipeline's account, or let it hand its result on in another way",
  ...at(place),
});

export const cloneAcrossAccounts = (arn: string, env: Environment, place: Place): Problem => ({
  code: 'CLONE_ACROSS_ACCOUNTS',
  message: `a step in ${environmentName(env)} would have to clone the source through "${arn}", which is of another account`,
  fix: 'leave `fullClone` out of the source, or run the step in the account of the connection or repository',
  ...at(place),
});
