/** Watches how much memory a process group holds. Reads Linux's /proc; elsewhere it finds nothing. */
import { readdirSync, readFileSync } from 'node:fs';

const intervalMs = 25;

/** Starts watching; the function returned stops and gives the peak in MiB, or undefined where /proc is missing. */
export function watchMemory(group) {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(group));
  }, intervalMs);
  return () => {
    clearInterval(timer);
    return peak === 0 ? undefined : peak / 1024;
  };
}

/** KiB: what each process has for itself, and once the largest share of mapped files, which is node's own binary. */
function memoryOf(group) {
  let own = 0;
  let mapped = 0;
  for (const pid of processesOf(group)) {
    const status = read(`/proc/${pid}/status`);
    own += kibibytes(status, 'RssAnon') + kibibytes(status, 'RssShmem');
    mapped = Math.max(mapped, kibibytes(status, 'RssFile'));
  }
  return own + mapped;
}

function processesOf(group) {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && groupOf(name) === group);
  } catch {
    return [];
  }
}

/** The third field behind the command's name, which is in brackets and may hold anything. */
function groupOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

function kibibytes(status, field) {
  return Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0);
}

/** A process may end between being listed and being read. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
