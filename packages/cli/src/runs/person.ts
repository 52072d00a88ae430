/** Who sits at this machine. */
import { userInfo } from 'node:os';
import type { Person } from '@cdkpipe/backend-local/engine';

/** @param name what they call themselves; by default the account's name */
export function thisPerson(name: string | undefined): Person {
  const { username } = userInfo();
  return { user: name ?? username, account: username };
}
