/** Makes git ignore a directory from within, whatever the `.gitignore` of the project says. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function ignoreInGit(directory: string): void {
  const file = join(directory, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, '# Runs on this machine; not part of the source.\n*\n');
}
