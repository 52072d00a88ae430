/** Tells a process from another that got the same number later: by its number and when it started. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When it started, in the words of the operating system; empty where that cannot be told. */
  readonly birth: string;
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, birth: birthOf(process.pid) ?? '' };
}

export function isThisProcess({ host, pid, birth }: ProcessIdentity): boolean {
  const own = thisProcess();
  return host === own.host && pid === own.pid && birth === own.birth;
}

/** Whether that very process still runs; a process of another machine is taken to run, as nobody can tell from here. */
export function isAlive({ host, pid, birth }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = birthOf(pid);
  return birth === '' || (now === undefined ? false : now === '' || now === birth);
}

/** Undefined where there is no such process; empty where the system does not tell. */
function birthOf(pid: number): string | undefined {
  if (process.platform === 'linux') return birthOnLinux(pid);
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Ticks since the machine booted; the boot's own ID tells two boots apart. */
function birthOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets; field 3, the state, is the first behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}
