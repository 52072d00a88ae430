/** Who sits at this machine: the account is what the system says, the name what they say. */
import { userInfo } from 'node:os';
import type { Person } from '@cdkpipe/backend-local/engine';

/** @param name what they call themselves; by default the account's name */
export function thisPerson(name: string | undefined): Person {
  const { username, uid } = readAccount();
  return { user: name ?? username, account: username, ...(uid < 0 ? {} : { uid }) };
}

function readAccount(): { readonly username: string; readonly uid: number } {
  try {
    return userInfo();
  } catch {
    // Containers run as numbers that have no name.
    const uid = process.geteuid?.() ?? -1;
    return { username: `uid-${uid}`, uid };
  }
}
