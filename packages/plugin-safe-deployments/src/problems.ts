/** Words for options that do not fit the pipeline. */
import type { Problem } from '@cdkpipe/core';

const what = { waves: 'wave', deployments: 'deployment', accounts: 'account' };

export const nothingNamed = (path: string, key: keyof typeof what, name: string, near: readonly string[]): Problem => ({
  code: 'PRODUCTION_UNKNOWN',
  message: `the pipeline has no ${what[key]} "${name}"`,
  path,
  fix: near.length > 0 ? `did you mean ${near.map((each) => `"${each}"`).join(' or ')}?` : 'name one that it has',
});
