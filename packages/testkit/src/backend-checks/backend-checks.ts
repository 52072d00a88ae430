/** Every check of a backend, in the order in which they are told. */
import type { BackendCheck } from './backend-check.ts';
import { settingsCheck, sourcesCheck } from './capability-checks.ts';
import { attributedCheck, interruptedCheck } from './fault-checks.ts';
import { heldCheck, inspectCheck, lostGatesCheck, orderCheck } from './order-checks.ts';
import { ownFilesCheck, sameBytesCheck } from './output-checks.ts';
import { nodesCheck, positionsCheck, prepareCheck, refusalsCheck, valuesCheck } from './shape-checks.ts';

export const backendChecks: readonly BackendCheck[] = [
  nodesCheck,
  positionsCheck,
  valuesCheck,
  refusalsCheck,
  prepareCheck,
  sourcesCheck,
  settingsCheck,
  orderCheck,
  heldCheck,
  inspectCheck,
  lostGatesCheck,
  sameBytesCheck,
  ownFilesCheck,
  attributedCheck,
  interruptedCheck,
];
