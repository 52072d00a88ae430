/** The mark in the environment of everything that a step starts, by which its processes are found again. */
import { randomBytes } from 'node:crypto';

/** Name of the variable; it holds no secret, and removing it does not hide a process from the other traces. */
export const stepVariable = 'CDKPIPE_STEP_ID';

/** A token of its own; inside the step of another run it begins with the token of that step, so that both find it. */
export function newStepToken(outer: NodeJS.ProcessEnv = process.env): string {
  const own = randomBytes(12).toString('hex');
  const around = outer[stepVariable];
  return around === undefined || !/^[0-9a-f.]{1,500}$/.test(around) ? own : `${around}.${own}`;
}

/** Whether an environment, in the form of `/proc/PID/environ`, is that of the step or of a step inside it. */
export function hasStepToken(environment: string, token: string): boolean {
  const line = `${stepVariable}=${token}`;
  return environment.split('\0').some((entry) => entry === line || entry.startsWith(`${line}.`));
}
