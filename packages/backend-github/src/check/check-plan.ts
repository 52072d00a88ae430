/** What of a plan GitHub Actions cannot honour, as far as it can be known before anything is rendered. */
import type { Plan, Problem } from '@cdkpipe/core';
import type { GitHubOptions } from '../options/options.ts';
import { checkBuild } from './check-build.ts';
import { checkSource } from './check-source.ts';
import { checkValues } from './check-values.ts';

export function checkPlan(plan: Plan, options: GitHubOptions): Problem[] {
  return [...checkSource(plan, options), ...checkBuild(plan, options), ...checkValues(plan)];
}
