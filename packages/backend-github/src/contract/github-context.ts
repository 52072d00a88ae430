/** What this backend offers to renderers. */
import type { Environment, PlanNode } from '@cdkpipe/core';

export interface GitHubContext {
  readonly node: PlanNode;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /** Environment of the deployment; absent before a wave and around the build. */
  readonly deploymentEnv?: Environment;
}
