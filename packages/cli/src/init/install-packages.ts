/** Runs `npm install` in a new project, with the install scripts of packages off. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { refused } from '@cdkpipe/core';
import { installFailed } from '../problems/problems.ts';
import { printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';

/** @param shown how the directory is called in messages */
export async function installPackages(directory: string, shown: string, signal: AbortSignal): Promise<void> {
  const outcome = await new Promise<string | undefined>((resolve) => {
    // npm speaks on stderr only: stdout belongs to the result.
    const npm = spawn('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit'], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      signal,
    });
    for (const stream of [npm.stdout, npm.stderr])
      createInterface({ input: stream }).on('line', (line) => printLine(process.stderr, printable`${line}`));
    npm.once('error', (error) => resolve(`could not be run: ${error.message}`));
    npm.once('close', (code) => resolve(code === 0 ? undefined : `ended with exit code ${code}`));
  });
  if (outcome !== undefined) throw refused([installFailed(shown, outcome)]);
}
