/** The name that `cdkpipe action` gives to what it makes. */
import { refused } from '@cdkpipe/core';
import { flagInvalid } from '../problems/problems.ts';

/**
 * CloudFormation takes up to 128 letters, digits and hyphens for a change set (API reference, CreateChangeSet), of which a prefix and a
 * hash are ours.
 *
 * @throws CdkpipeError `FLAG_INVALID`
 */
export function checkRunName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(name)) return name;
  throw refused([flagInvalid('--run', name, 'up to 64 letters, digits and hyphens')]);
}
