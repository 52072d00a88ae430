/** Runs every check in a process of its own, so that the code of a stranger never runs in ours. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from './check/check.ts';
import { probeFile } from './probe/probe-file.ts';

export interface CheckReport {
  readonly results: readonly CheckResult[];
  /** Why the checks could not be run to their end; there are no results then. */
  readonly failure?: string;
}

/** @param directory directory of an installed package, as the tarball has it */
export async function checkInChild(directory: string, signal?: AbortSignal): Promise<CheckReport> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-checks-'));
  const answer = join(scratch, 'results.json');
  try {
    const child = spawn(process.execPath, [probeFile, 'check', directory, answer], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal && { signal }),
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0)
      return {
        results: [],
        failure: `the process of the checks ended with exit code ${code}\n${stderr.trim().slice(-1000)}`,
      };
    return { results: JSON.parse(readFileSync(answer, 'utf8')) as CheckResult[] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
