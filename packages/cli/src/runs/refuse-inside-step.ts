/** Keeps a step from deciding about its own run: a gate that the code behind it can open holds nothing back. */
import { isInsideStep } from '@cdkpipe/backend-local/engine';
import { refused } from '@cdkpipe/core';
import { answerFromStep } from '../problems/problems.ts';

/**
 * @param command what was called, such as `approve`
 * @throws CdkpipeError `ANSWER_FROM_STEP`
 */
export function refuseInsideStep(command: string): void {
  if (isInsideStep()) throw refused([answerFromStep(command)]);
}
