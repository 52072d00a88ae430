/** Runs `npm install` in a new project, with the install scripts of packages off. */
import { spawn } from 'node:child_process';
import { refused } from '@cdkpipe/core';
import { installFailed } from '../problems.ts';

/** @param shown how the directory is called in messages */
export async function installPackages(directory: string, shown: string, signal: AbortSignal): Promise<void> {
  const outcome = await new Promise<string | undefined>((resolve) => {
    // npm speaks on stderr only: stdout belongs to the result.
    const npm = spawn('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit'], {
      cwd: directory,
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
      signal,
    });
    npm.once('error', (error) => resolve(`could not be run: ${error.message}`));
    npm.once('exit', (code) => resolve(code === 0 ? undefined : `ended with exit code ${code}`));
  });
  if (outcome !== undefined) throw refused([installFailed(shown, outcome)]);
}
