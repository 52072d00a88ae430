#!/usr/bin/env node
// The entry of the `cdkpipe` command: only oclif is loaded here, so that --version and --help stay fast.
import { Writable } from 'node:stream';
import { run } from '@oclif/core/run';

// Whoever reads our output may close it early, as `cdkpipe plan | head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await run(process.argv.slice(2), import.meta.url);
} catch (error) {
  const { reportFailure, reportOptionsOf } = await import('../dist/report-failure.js');
  reportFailure(error, reportOptionsOf(process.argv.slice(2)));
}
// Everything printed must have left; --json puts a `write` of its own on stdout, which says nothing of that.
for (const stream of [process.stdout, process.stderr]) {
  await new Promise((resolve) => Writable.prototype.write.call(stream, '', resolve));
}
// Timers and servers that a definition left behind must not keep the command alive.
process.exit();
