/** Lists the files of a cloud assembly. */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Paths relative to `directory`, with `/`, sorted. */
export async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Templates of stacks and of nested stacks, as the CDK names them. */
export function isTemplate(file: string): boolean {
  return file.endsWith('.template.json') && !file.includes('asset.');
}
