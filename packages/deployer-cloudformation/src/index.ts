/** The door of @cdkpipe/deployer-cloudformation. */
export {
  type CloudFormationSettings,
  cloudFormationDeployer,
  requireCredentials,
} from './cloudformation-deployer.ts';
export {
  type ChangeFinding,
  type ChangeSummary,
  type ResourceChange,
  type StatementChange,
  sayChanges,
} from './contract/change-summary.ts';
export type { AwsCredentials, CredentialsOf } from './contract/credentials.ts';
export type {
  Deployer,
  DeployTools,
  Executed,
  Prepared,
  PublishTarget,
  RolledBackOutcome,
  StackTarget,
  WayBack,
} from './contract/deployer.ts';
export { digestOf } from './contract/digest-of.ts';
export type { Retry, RunMode } from './contract/retry.ts';
export { type RehearsalSettings, rehearsalDeployer } from './rehearsal/rehearsal.ts';
