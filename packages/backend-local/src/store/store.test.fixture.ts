/** Stores in directories of their own, and processes that use them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What was built, for processes that run it as users do. */
export const engineFile = new URL('../../dist/engine.js', import.meta.url).href;

export function makeStoreDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, '.cdkpipe');
}

/** Runs a module in a process of its own and gives what it printed. */
export function runModule(source: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(printed.trim()));
  });
}
