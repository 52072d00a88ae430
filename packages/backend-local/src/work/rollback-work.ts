/** The work behind the way back of one stack, with its log. */
import type { Plan } from '@cdkpipe/core';
import type { WayBackEnd } from '../state/course.ts';
import type { StackOnItsWayBack } from '../state/plan-rollback.ts';
import { rollbackId } from '../state/rollback-id.ts';
import { doLogged } from './logged-work.ts';
import { deployTools, sealedOf, stackTarget, type WorkInput } from './node-work.ts';
import { verifySeal } from './seal.ts';

export async function rollBackStack(
  input: WorkInput,
  plan: Plan,
  { id, node }: StackOnItsWayBack,
  signal: AbortSignal,
): Promise<WayBackEnd> {
  const name = rollbackId(id);
  if (input.faults.includes(name)) return { outcome: 'failed', detail: `made to fail by --fail ${name}` };
  return doLogged<WayBackEnd>(input, {
    plan,
    node,
    name,
    signal,
    run: async (still, tools) => {
      await verifySeal(sealedOf(input));
      const { outcome, detail } = await input.deployer.rollback(stackTarget(input, node), deployTools(still, tools));
      return { outcome, detail };
    },
    failed: (detail) => ({ outcome: 'failed', detail }),
    redacted: (end, redact) => ({ ...end, detail: redact(end.detail) }),
  });
}
