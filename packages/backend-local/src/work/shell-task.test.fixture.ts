/** Runs items in a real bash, and tells what came of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../process/clean-environment.ts';
import { runGroup } from '../process/run-group.ts';
import { type ShellItem, shellRecords } from '../process/shell-script.ts';
import { readExports } from './exported-variables.ts';
import { runCommands } from './shell-task.ts';

/** @returns the result, and the lines that the commands printed, without the commands themselves */
export async function runItems(
  items: readonly ShellItem[],
  {
    exports = [],
    env = {},
    timeout = 1,
  }: { exports?: readonly string[]; env?: Readonly<Record<string, string>>; timeout?: number } = {},
) {
  const records = mkdtempSync(join(tmpdir(), 'cdkpipe-shell-'));
  let output = '';
  try {
    const result = await runCommands({
      items,
      exports,
      timeout,
      records,
      run: (file, args, timeoutMs) =>
        runGroup({
          file,
          args,
          timeoutMs,
          cwd: records,
          env: cleanEnvironment(process.env, records, env),
          secrets: new Set(),
          signal: new AbortController().signal,
          print: (text) => {
            output += text;
          },
        }),
    });
    const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('$ '));
    return { ...readExports(result, exports, join(records, shellRecords.exports), () => false), lines };
  } finally {
    rmSync(records, { recursive: true, force: true });
  }
}
