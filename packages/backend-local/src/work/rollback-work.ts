/** The work behind the way back of one stack, with its log. */
import type { Plan } from '@cdkpipe/core';
import { describeFault } from '../engine/describe-fault.ts';
import type { WayBackEnd } from '../rollback/carry-out-rollback.ts';
import type { StackOnItsWayBack } from '../rollback/plan-rollback.ts';
import { rollbackId } from '../rollback/rollback-id.ts';
import { openActionLog } from './action-log.ts';
import { deployTools, stackTarget, type WorkInput } from './node-work.ts';
import { logFile } from './paths.ts';
import { makeTools } from './task-tools.ts';

export async function rollBackStack(
  input: WorkInput,
  plan: Plan,
  { id, node }: StackOnItsWayBack,
  signal: AbortSignal,
): Promise<WayBackEnd> {
  const name = rollbackId(id);
  if (input.faults.includes(name)) return { outcome: 'failed', detail: `made to fail by --fail ${name}` };
  const { paths, clock, outer, deployer } = input;
  const log = openActionLog(logFile(paths, name), `${name} ${clock.now().toISOString()}`, (line) =>
    input.tell(name, line),
  );
  const own = makeTools({ plan, node, paths, log, clock, signal, outer });
  try {
    const { outcome, detail } = await deployer.rollback(stackTarget(input, node), deployTools(signal, own.tools));
    return { outcome, detail: own.redact(detail) };
  } catch (error) {
    return { outcome: 'failed', detail: own.redact(describeFault(error)) };
  } finally {
    log.close();
    await own.clear();
  }
}
