/** Words for what only shows once it is known where the pipeline lives. */
import type { Problem } from '@cdkpipe/core';

export const nothingToPassOn = (path: string, step: string): Problem => ({
  code: 'PASS_WITHOUT_CHANGES',
  message: `the step "${step}" is to pass when nothing changes, but reviews no change sets where it stands`,
  path,
  fix: "move the step to the deployment's `changes`, or leave `passIfUnchanged` out",
});

export const quorumUnsupported = (path: string, backend: string): Problem => ({
  code: 'QUORUM_UNSUPPORTED',
  message: `the backend "${backend}" takes one decision of one person, and cannot wait for a quorum`,
  path,
  fix: 'remove `approvers`, use several `manual` steps one after the other, or run the pipeline with cdkpipe run, on what cdkpipe synth --backend local writes',
});
