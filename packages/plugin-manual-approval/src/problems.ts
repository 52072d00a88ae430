/** Words for what only shows once it is known where the pipeline lives. */
import type { Problem } from '@cdkpipe/core';

export const nothingToPassOn = (path: string, step: string): Problem => ({
  code: 'PASS_WITHOUT_CHANGES',
  message: `the step "${step}" is to pass when nothing changes, but reviews no change sets where it stands`,
  path,
  fix: "move the step to the deployment's `changes`, or leave `passIfUnchanged` out",
});
