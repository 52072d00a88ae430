/** Runs an author's commands as one piece of work. */
import type { ProcessEnd, TaskResult } from '../contract.ts';
import { shellArguments } from '../process/shell-script.ts';

/**
 * @param timeout minutes
 * @param run starts a process and waits for its end
 */
export async function runCommands(
  commands: readonly string[],
  timeout: number,
  run: (file: string, args: readonly string[], timeoutMs: number) => Promise<ProcessEnd>,
): Promise<TaskResult> {
  const { file, args } = shellArguments(commands);
  const end = await run(file, args, timeout * 60_000);
  if (end.timedOut) return { approved: false, reason: `the commands did not finish within ${timeout} minutes` };
  if (end.exitCode === 0) return { approved: true };
  const how = end.exitCode === null ? `were ended by ${end.signal}` : `failed with exit code ${end.exitCode}`;
  return { approved: false, reason: `the commands ${how}` };
}
