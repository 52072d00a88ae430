/** The processes of this machine: from /proc on Linux, from ps elsewhere. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** On systems that do not tell the session, the process group. */
  readonly session: number;
  /** When it started, in {@link birthUnits} of a clock of the system's own; with the number, it names a process. */
  readonly born: number;
}

const isLinux = process.platform === 'linux';

/** How many units of {@link ProcessRow.born} make a second: Linux counts in USER_HZ, 100 on most architectures (proc(5), /proc/stat). */
export const birthUnits = isLinux ? 100 : 1;

/** Every process that lives; zombies do not. */
export function readProcesses(): ProcessRow[] {
  if (!isLinux) return readWithPs();
  return readdirSync('/proc').flatMap((name) => {
    const text = /^\d+$/.test(name) ? readStat(Number(name)) : '';
    return text === '' || isZombie(text) ? [] : [parseStat(Number(name), text)];
  });
}

/** One process, also as a zombie; undefined where its parent has waited for it. */
export function readProcess(pid: number): ProcessRow | undefined {
  if (!isLinux) return readWithPs().find((row) => row.pid === pid);
  const text = readStat(pid);
  return text === '' ? undefined : parseStat(pid, text);
}

/** The environment that it was started with, entries separated by zero bytes; empty where the system does not show it. */
export function readEnvironment(pid: number): string {
  try {
    if (isLinux) return readFileSync(`/proc/${pid}/environ`, 'latin1');
    // ps writes the variables behind the command, separated by spaces.
    return ps('-E', '-ww', '-o', 'command=', '-p', String(pid)).replaceAll(' ', '\0').trimEnd();
  } catch {
    return '';
  }
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** The name in brackets may hold spaces and brackets; field 3, the state, is the first behind it (proc(5), /proc/pid/stat). */
function fieldsBehindName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function isZombie(stat: string): boolean {
  return ['Z', 'X'].includes(fieldsBehindName(stat)[0] ?? '');
}

function parseStat(pid: number, stat: string): ProcessRow {
  const fields = fieldsBehindName(stat);
  return { pid, parent: Number(fields[1]), session: Number(fields[3]), born: Number(fields[19]) };
}

function readWithPs(): ProcessRow[] {
  return ps('-axo', 'pid=,ppid=,pgid=,stat=,lstart=')
    .split('\n')
    .flatMap((line) => {
      const [pid = '', parent, group, state = '', ...start] = line.trim().split(/\s+/);
      if (pid === '' || state.startsWith('Z')) return [];
      const born = Date.parse(start.join(' ')) / 1000;
      return [{ pid: Number(pid), parent: Number(parent), session: Number(group), born }];
    });
}

function ps(...args: readonly string[]): string {
  return execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 64 << 20 });
}
