/** Packages of ours that a definition imports and its project does not have. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export function missingPackages(file: string): string[] {
  const require = createRequire(file);
  const imported = readFileSync(file, 'utf8').matchAll(/\bfrom\s+['"](@cdkpipe\/[a-z-]+)['"]/g);
  const names = new Set([...imported].map(([, name = '']) => name));
  return [...names].filter((name) => !canResolve(name, require)).sort();
}

function canResolve(name: string, require: NodeJS.Require): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
