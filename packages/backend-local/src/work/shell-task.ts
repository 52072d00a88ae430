/** Runs an author's commands as one piece of work. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessEnd, TaskResult } from '../contract/renderer.ts';
import { type ShellItem, shellArguments, shellRecords } from '../process/shell-script.ts';

export interface ShellTask {
  readonly items: readonly ShellItem[];
  /** Names of variables whose values are written down. */
  readonly exports: readonly string[];
  /** Minutes. */
  readonly timeout: number;
  /** An empty directory for what the shell writes down. */
  readonly records: string;
  /** Starts a process and waits for its end. */
  run(file: string, args: readonly string[], timeoutMs: number): Promise<ProcessEnd>;
}

export async function runCommands({ items, exports, timeout, records, run }: ShellTask): Promise<TaskResult> {
  const { file, args } = shellArguments(items, exports, records);
  const end = await run(file, args, timeout * 60_000);
  if (end.timedOut) return { approved: false, reason: `the commands did not finish within ${timeout} minutes` };
  const exitCode = end.exitCode === 0 ? earnedStatus(records) : end.exitCode;
  const isWhole = existsSync(join(records, shellRecords.whole));
  if (exitCode === 0 && isWhole) return { approved: true };
  if (exitCode === 0)
    return {
      approved: false,
      reason:
        'the commands ended before the last of them had run: do not replace the shell (`exec`), nor call `exit` in a trap on EXIT',
    };
  const how = exitCode === null ? `were ended by ${end.signal}` : `failed with exit code ${exitCode}`;
  return { approved: false, reason: `the commands ${how}` };
}

/** What the shell wrote down before a trap could end it with another code; 0 where it wrote nothing. */
function earnedStatus(records: string): number {
  const file = join(records, shellRecords.status);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}
