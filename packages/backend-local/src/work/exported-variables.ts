/** What commands leave in the variables that their step exports. */
import { existsSync, readFileSync } from 'node:fs';
import type { TaskResult } from '../contract/renderer.ts';

/**
 * @param file what the shell has written down
 * @param holdsSecret whether a text has the value of a secret in it, which is not to be kept
 */
export function readExports(
  result: TaskResult,
  names: readonly string[],
  file: string,
  holdsSecret: (text: string) => boolean,
): TaskResult {
  if (!result.approved || names.length === 0) return result;
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\0').filter(Boolean) : [];
  const exports = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );
  const missing = names.filter((name) => exports[name] === undefined);
  if (missing.length > 0)
    return { approved: false, reason: `the commands have not set what the step exports: ${missing.join(', ')}` };
  const secret = names.find((name) => holdsSecret(exports[name] ?? ''));
  if (secret !== undefined)
    return {
      approved: false,
      reason: `${secret} is exported and holds the value of a secret, which no journal may keep`,
    };
  return { ...result, exports };
}
