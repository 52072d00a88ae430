/** Words for what can go wrong between a run and CloudFormation. */
import type { Environment, Problem } from '@cdkpipe/core';
import { wasNeverComplete, wayOut } from '../aws/way-out.ts';

const placeOf = ({ account, region }: Environment) => `${account}/${region}`;

export const credentialsMissing = (reason: string): Problem => ({
  code: 'CREDENTIALS_MISSING',
  message: `no AWS credentials were found: ${reason}`,
  fix: 'sign in (aws sso login, AWS_PROFILE, or the role of your CI), or rehearse with --rehearse',
});

export const credentialsExpired = (env: Environment, call: string, found: string): Problem => ({
  code: 'CREDENTIALS_EXPIRED',
  message: `the AWS credentials have run out before ${call} in ${placeOf(env)}: ${found}`,
  fix: 'sign in again, then go on with cdkpipe run --resume; what CloudFormation has begun is found again',
});

export const awsUnreachable = (env: Environment, call: string, found: string): Problem => ({
  code: 'AWS_UNREACHABLE',
  message: `AWS could not be asked for ${call} in ${placeOf(env)}: ${found}`,
  fix: 'look after the connection, then go on with cdkpipe run --resume; what CloudFormation has begun is found again',
});

export const credentialsOfOtherAccount = (stack: string, found: string, expected: string): Problem => ({
  code: 'CREDENTIALS_OF_OTHER_ACCOUNT',
  message: `the stack ${stack} names no deploy role, and the credentials are those of ${found}, not of ${expected}`,
  fix: 'use credentials of that account, or a synthesizer with bootstrap roles, such as DefaultStackSynthesizer',
});

export const awsRefused = (env: Environment, call: string, name: string, message: string): Problem => ({
  code: 'AWS_REFUSED',
  message: `AWS refused ${call} in ${placeOf(env)}: ${name}: ${message}`,
  fix: 'check that the environment is bootstrapped (cdk bootstrap --trust) and that the credentials may assume its roles',
});

export const assetNotPublished = (asset: string, env: Environment, reason: string): Problem => ({
  code: 'ASSET_NOT_PUBLISHED',
  message: `the asset ${asset} could not be published to ${placeOf(env)}: ${reason}`,
  fix: 'check the bootstrap stack of that environment, and docker for images, then begin a new run',
});

export const templateTooLarge = (stack: string, bytes: number): Problem => ({
  code: 'TEMPLATE_TOO_LARGE',
  message: `the template of ${stack} has ${bytes} bytes, CloudFormation takes 51200 without a bucket, and the stack names none`,
  fix: 'use a synthesizer that publishes templates, such as DefaultStackSynthesizer, or split the stack',
});

export const stackNotUsable = (stack: string, status: string, env: Environment): Problem => ({
  code: 'STACK_NOT_USABLE',
  message: `the stack ${stack} in ${placeOf(env)} is ${status} and takes no change set`,
  fix: wayOut(stack, status, env),
});

export const changeSetFailed = (stack: string, reason: string): Problem => ({
  code: 'CHANGE_SET_FAILED',
  message: `CloudFormation could not make the change set of ${stack}: ${reason}`,
  fix: 'mend the template or what it refers to, then begin a new run',
});

export const changeSetGone = (stack: string, arn: string, found: string): Problem => ({
  code: 'CHANGE_SET_GONE',
  message: `the change set of ${stack} that was prepared (${arn}) cannot be executed any more: ${found}`,
  fix: 'somebody has changed the stack or removed the change set since; begin a new run, which shows what would change now',
});

export const changeSetDiffers = (stack: string, expected: string, found: string): Problem => ({
  code: 'CHANGE_SET_DIFFERS',
  message: `the change set of ${stack} is not what was prepared and approved: ${expected.slice(0, 12)} has become ${found.slice(0, 12)}`,
  fix: 'nothing was executed; begin a new run',
});

export const stackFailed = (stack: string, status: string, first: string): Problem => ({
  code: 'STACK_FAILED',
  message: `the stack ${stack} is ${status}: ${first}`,
  fix: wasNeverComplete(status)
    ? 'mend the cause and remove the stack, which was never complete; then begin a new run'
    : 'mend the cause, then begin a new run',
});

export const assetMissing = (asset: string, manifest: string): Problem => ({
  code: 'ASSET_MISSING',
  message: `the asset ${asset} of ${manifest} is not in the cloud assembly`,
  fix: 'let the build keep the whole output directory of cdkpipe synth, and nothing remove files from it',
});

export const rehearsedChangeSetFailed = (stack: string, reason: string, maker: string): Problem => ({
  code: 'CHANGE_SET_FAILED',
  message: `CloudFormation could not make the change set of ${stack}: ${reason}`,
  fix: `execute ${maker} first, which makes the value`,
});

export const rehearsedStackFailed = (stack: string, reason: string, maker: string): Problem => ({
  code: 'STACK_FAILED',
  message: `CloudFormation could not execute ${stack}: ${reason}`,
  fix: `execute ${maker} first, which makes the value`,
});

export const againstUnreadable = (directory: string, reason: string): Problem => ({
  code: 'AGAINST_UNREADABLE',
  message: `rehearsal.against names no cloud assembly in ${directory}: ${reason}`,
  path: 'rehearsal.against',
  fix: 'name the output of `cdk synth` or `cdkpipe synth`, relative to the definition',
});
