/** Whether an app asks the `cdk` command where it goes, by `CDK_DEFAULT_ACCOUNT` and `CDK_DEFAULT_REGION`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = /\.(?:[cm]?[jt]s|py|java|cs|go)$/;
const skipped = /^(?:node_modules|cdk\.out.*|dist|build|\..*|venv|__pycache__)$/;
const mostFiles = 5000;

/**
 * Looks for the names in the sources of the app: what it does with them is not asked.
 *
 * @param definition file that is not part of the app
 */
export function readsDefaults(directory: string, definition: string): boolean {
  let left = mostFiles;
  const visit = (path: string): boolean =>
    readdirSync(path, { withFileTypes: true }).some((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return !skipped.test(entry.name) && visit(inner);
      if (!entry.isFile() || inner === definition || !sources.test(entry.name) || left-- <= 0) return false;
      return /\bCDK_DEFAULT_(?:ACCOUNT|REGION)\b/.test(readFileSync(inner, 'utf8'));
    });
  return visit(directory);
}
