/** Whether `.cdkpipe` is what this account has made, or its team; a store that somebody else put there is not used. */
import { chmodSync, chownSync, lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { refused } from '@cdkpipe/core';
import { storeNotTrusted } from '../problems/problems.ts';

const find = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/**
 * A directory belongs to this account, or to the owner of the project around it: then a group shares it, or this account is
 * root. The file is a file of its own, not a link to another one.
 *
 * @throws CdkpipeError `STORE_NOT_TRUSTED`
 */
export function checkTrusted(directory: string, file: string): void {
  const store = find(directory);
  if (!store) return;
  const why = whyNotDirectory(store, find(dirname(directory)));
  if (why !== undefined) throw refused([storeNotTrusted(directory, why)]);
  for (const path of [file, `${file}-journal`]) {
    const found = find(path);
    const wrong = found && whyNotFile(found, store);
    if (wrong !== undefined) throw refused([storeNotTrusted(path, wrong)]);
  }
}

function whyNotDirectory(store: Stats, around: Stats | undefined): string | undefined {
  if (store.isSymbolicLink()) return 'it is a link';
  // What is a file is refused when it is opened.
  if (!store.isDirectory()) return undefined;
  if ((store.mode & 0o002) !== 0) return 'every account may write it';
  if (store.uid === process.geteuid?.() || store.uid === around?.uid) return undefined;
  return `it belongs to the account ${store.uid}, which owns neither this process nor the project`;
}

function whyNotFile(file: Stats, store: Stats): string | undefined {
  if (file.isSymbolicLink()) return 'it is a link';
  if (!file.isFile()) return undefined;
  if (file.nlink > 1) return 'it has another name elsewhere';
  if (isShared(store) || file.uid === store.uid || file.uid === process.geteuid?.()) return undefined;
  return `it belongs to the account ${file.uid}`;
}

/** Whether the directory was opened to a group, whose members may answer. */
function isShared({ mode }: Stats): boolean {
  return (mode & 0o020) !== 0;
}

/** Gives the file of the store the rights of its directory: those of its owner, and of the group that shares it. */
export function fitRights(directory: string, file: string): void {
  const store = find(directory);
  if (!store) return;
  const mode = isShared(store) ? 0o660 : 0o600;
  for (const path of [file, `${file}-journal`]) {
    const found = find(path);
    if (!found?.isFile() || found.uid !== process.geteuid?.()) continue;
    if (isShared(store) && found.gid !== store.gid) chownSync(path, found.uid, store.gid);
    if ((found.mode & 0o777) !== mode) chmodSync(path, mode);
  }
}
