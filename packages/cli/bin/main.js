// The `cdkpipe` command: only oclif is loaded here, so that --version and --help stay fast.
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { run } from '@oclif/core/run';
import { guardExitCode, settleExitCode } from '../dist/exit-code.js';
import { catchSignals, wasInterrupted } from '../dist/signals.js';

guardExitCode();
catchSignals();

// The reader of our output may close it early, as `cdkpipe plan | head` does, and a terminal may be gone; the work continues.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

/** Plugins of the project may bring commands. They are only looked for where no command of ours is meant. */
async function configFor([command = '']) {
  if (['--version', '-v'].includes(command)) return import.meta.url;
  const { commands } = JSON.parse(readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8'));
  if (Object.hasOwn(commands, command)) return import.meta.url;
  const { configWithProjectCommands } = await import('../dist/project-commands.js');
  return configWithProjectCommands(import.meta.url, command);
}

try {
  const argv = process.argv.slice(2);
  await run(argv, await configFor(argv));
} catch (error) {
  const { reportFailure, reportOptionsOf } = await import('../dist/report-failure.js');
  reportFailure(error, reportOptionsOf(process.argv.slice(2)));
}
// Everything printed must have left; --json puts a `write` of its own on stdout, which says nothing of that.
for (const stream of [process.stdout, process.stderr]) {
  await new Promise((resolve) => Writable.prototype.write.call(stream, '', resolve));
}
// Timers and servers that a definition left behind must not keep the command alive.
if (!wasInterrupted()) settleExitCode(process.exitCode);
process.exit(process.exitCode);
