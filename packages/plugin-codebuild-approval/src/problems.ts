/** Words for what a `codebuild` step cannot be. */
import type { Problem } from '@cdkpipe/core';

export const outputNotKept = (path: string, step: string): Problem => ({
  code: 'STEP_OUTPUT_NOT_KEPT',
  message: `the step "${step}" has an \`output\`, and the backend "local" does not lay what a step makes in other workspaces`,
  path: `${path}.options.output`,
  fix: 'let the commands of the build make it where the pipeline has to run on this machine, too',
});
