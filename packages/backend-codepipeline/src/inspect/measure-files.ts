/** Counts the files of a directory that a buildspec selects, and their bytes. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileSelection, isDirectoryExcluded, isSelected } from '../artifacts/select-files.ts';

export interface Measure {
  readonly files: number;
  readonly bytes: number;
}

export async function measureFiles(directory: string, selection: FileSelection): Promise<Measure> {
  let [files, bytes] = [0, 0];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await readdir(join(directory, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !isDirectoryExcluded(selection, path)) waiting.push(path);
      if (entry.isDirectory() || !isSelected(selection, path)) continue;
      files += 1;
      bytes += (await stat(join(directory, path))).size;
    }
  }
  return { files, bytes };
}
