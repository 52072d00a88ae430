/** A control group for the processes of one step, where the system lets us make one: nothing leaves it by itself. */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StepCgroup {
  readonly directory: string;
  /** Numbers of the processes in it; zombies are among them. */
  members(): number[];
  /** Ends all of it at once; false where the kernel cannot (before Linux 5.14). */
  kill(): boolean;
  /** False where something is still in it. */
  remove(): boolean;
}

/** @returns undefined where there is no control group of version 2, or none that this account may write */
export function makeStepCgroup(token: string): StepCgroup | undefined {
  const own = process.platform === 'linux' ? findOwnCgroup() : undefined;
  if (own === undefined) return undefined;
  const directory = join(own, `cdkpipe-${token.replaceAll('.', '-').slice(-120)}`);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch {
    return undefined;
  }
  return {
    directory,
    members: () => readMembers(join(directory, 'cgroup.procs')),
    kill: () => succeeds(() => writeFileSync(join(directory, 'cgroup.kill'), '1', { flag: 'r+' })),
    remove: () => succeeds(() => rmdirSync(directory)),
  };
}

/** The directory of the group that this process is in (cgroups(7), "/proc files"). */
function findOwnCgroup(): string | undefined {
  try {
    const [, path] = /^0::(\/.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8')) ?? [];
    // Fields of a mount: ID, parent, device, root, mount point, options …, "-", type (proc(5), mountinfo).
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    const [, , , root, point] = mounts.find((line) => line.includes(' - cgroup2 '))?.split(' ') ?? [];
    if (path === undefined || root === undefined || point === undefined || path.startsWith('/..')) return undefined;
    if (root === '/') return join(point, path);
    return path === root || path.startsWith(`${root}/`) ? join(point, path.slice(root.length)) : undefined;
  } catch {
    return undefined;
  }
}

function readMembers(file: string): number[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
