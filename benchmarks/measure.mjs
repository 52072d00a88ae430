/** Runs commands as cold processes and takes their wall time, CPU time and peak memory. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { watchMemory } from './memory.mjs';

const ticksPerSecond = 100;

/**
 * Runs one command to its end.
 *
 * @param {{ file: string, args: string[], cwd: string, env: Record<string, string> }} command
 * @returns {Promise<{ wall: number, cpu: number, memory: number | undefined }>} seconds, seconds, MiB
 */
export function runCold({ file, args, cwd, env }) {
  return new Promise((resolve, reject) => {
    const cpuBefore = cpuOfChildren();
    const start = performance.now();
    // Detached makes it the leader of a process group, by which its children are found.
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const stopWatching = watchMemory(child.pid);
    const interrupt = () => child.pid && process.kill(-child.pid, 'SIGKILL');
    process.once('exit', interrupt);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const wall = (performance.now() - start) / 1000;
      const memory = stopWatching();
      process.removeListener('exit', interrupt);
      if (code === 0) resolve({ wall, cpu: cpuOfChildren() - cpuBefore, memory });
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${code} in ${cwd}\n${errors}`));
    });
  });
}

/**
 * Runs every contestant `runs` times, one after the other in turn, after one round that is not counted.
 *
 * @param {Record<string, { command: object, before?: () => void, after?: () => void }>} contestants
 * @returns {Promise<Record<string, { wall: number, cpu: number, memory: number | undefined, walls: number[] }>>} medians
 */
export async function runInTurn(contestants, runs) {
  const results = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    for (const [name, { command, before, after }] of Object.entries(contestants)) {
      before?.();
      const result = await runCold(command);
      after?.();
      if (round > 0) results[name].push(result);
      process.stderr.write(`${round === 0 ? 'warm-up' : `${round}/${runs}`} ${name} ${result.wall.toFixed(2)} s\n`);
    }
  }
  return Object.fromEntries(Object.entries(results).map(([name, all]) => [name, summarize(all)]));
}

/**
 * As {@link runInTurn}, for differences of a few hundredths: the order is turned round after each round, and the figures
 * are means of the lower half, as others on the machine can only make a run longer.
 *
 * @returns {Promise<Record<string, { wall: number, cpu: number }>>}
 */
export async function runToAndFro(contestants, runs) {
  const names = Object.keys(contestants);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { command, before, after } = contestants[name];
      before?.();
      const result = await runCold(command);
      after?.();
      if (round > 0) results[name].push(result);
    }
    process.stderr.write(`${round === 0 ? 'warm-up' : `${round}/${runs}`}\n`);
  }
  const lower = (numbers) => {
    const half = numbers.toSorted((a, b) => a - b).slice(0, Math.ceil(numbers.length / 2));
    return half.reduce((sum, number) => sum + number, 0) / half.length;
  };
  return Object.fromEntries(
    Object.entries(results).map(([name, all]) => [
      name,
      { wall: lower(all.map(({ wall }) => wall)), cpu: lower(all.map(({ cpu }) => cpu)) },
    ]),
  );
}

function summarize(results) {
  const walls = results.map(({ wall }) => wall);
  return {
    wall: median(walls),
    cpu: median(results.map(({ cpu }) => cpu)),
    memory: results[0].memory === undefined ? undefined : median(results.map(({ memory }) => memory)),
    walls,
  };
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Seconds of CPU that ended children and their children have used; 0 where /proc is missing. */
function cpuOfChildren() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
  } catch {
    return 0;
  }
}
