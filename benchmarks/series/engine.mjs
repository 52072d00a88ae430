/** What the local engine costs beside the work it does: durable writes, resuming, memory. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../measure.mjs';

const program = join(import.meta.dirname, '../engine-run.mjs');

/** Every measurement in a process of its own. */
async function measure(mode, count, width = 8) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, mode, String(count), String(width)]);
  const result = JSON.parse(stdout);
  process.stderr.write(
    `${mode} ${count}, ${width} at a time: ${result.milliseconds.toFixed(1)} ms, ${Math.round(result.peak)} MiB\n`,
  );
  return result;
}

async function middle(mode, count, runs, width) {
  const results = [];
  for (let round = 0; round < runs; round++) results.push(await measure(mode, count, width));
  return median(results.map(({ milliseconds }) => milliseconds));
}

export async function engine({ runs }) {
  const rows = [
    { what: 'an action, 8 at a time', unit: 'ms', reference: 15, measured: await middle('overhead', 200, runs, 8) },
    { what: 'an action, one at a time', unit: 'ms', reference: 15, measured: await middle('overhead', 200, runs, 1) },
    { what: 'resume of 1,000 actions', unit: 'ms', reference: 1000, measured: await middle('resume', 1000, runs) },
    { what: 'peak memory, 5,000 actions', unit: 'MiB', reference: 200, measured: (await measure('memory', 5000)).peak },
  ];
  return [
    {
      title: 'Engine of cdkpipe run',
      columns: ['budget', 'cdkpipe run'],
      unit: '',
      rows: rows.map((row) => ({ ...row, target: 1 })),
    },
  ];
}
