/** Whether this process was started by a step of a run, directly or through others. */
import { readFileSync } from 'node:fs';
import { readEnvironment, readProcess } from './process-table.ts';
import { stepVariable } from './step-token.ts';

/**
 * By the environment of this process or of one that it descends from, or by the control group. A process that has emptied
 * its environment and left its parents is not recognised, unless it is in a control group.
 */
export function isInsideStep(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[stepVariable] !== undefined || isInStepCgroup() || hasMarkedAncestor();
}

function hasMarkedAncestor(): boolean {
  const seen = new Set<number>();
  for (let pid = process.pid; pid > 1 && !seen.has(pid); pid = readProcess(pid)?.parent ?? 0) {
    seen.add(pid);
    if (
      readEnvironment(pid)
        .split('\0')
        .some((entry) => entry.startsWith(`${stepVariable}=`))
    )
      return true;
  }
  return false;
}

function isInStepCgroup(): boolean {
  try {
    return /^0::.*\/cdkpipe-[0-9a-f-]{24,}(\/|$)/m.test(readFileSync('/proc/self/cgroup', 'utf8'));
  } catch {
    return false;
  }
}
