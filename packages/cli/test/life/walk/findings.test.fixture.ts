/** What AWS would say to the calls of a life: those that are denied, and the statements that allowed the others. */
import type { LifeCall } from '../calls/life-call.test.fixture.ts';
import { sources } from '../calls/sources.test.fixture.ts';
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { Decision } from '../iam/evaluate.test.fixture.ts';

export class Findings {
  /** A line each. */
  readonly denied = new Set<string>();
  /** Calls that each statement allowed, by policy and index. */
  readonly allowed = new Map<string, Map<number, LifeCall[]>>();
  #asked = 0;

  get asked(): number {
    return this.#asked;
  }

  /** Asks each call once, however often it is made at this moment. */
  ask(cloud: Cloud, calls: readonly LifeCall[], moment: string): void {
    const distinct = new Map(calls.map((call) => [keyOf(call), call]));
    for (const call of distinct.values()) {
      this.#asked += 1;
      const decision = cloud.ask(call);
      if (decision.allowed) this.#note(call, decision);
      else this.denied.add(`${moment}: ${describe(call)}: ${decision.because} (${sources[call.source]})`);
    }
  }

  #note(call: LifeCall, { used }: Decision): void {
    for (const { policy, index } of used) {
      const statements = this.allowed.get(policy) ?? new Map<number, LifeCall[]>();
      this.allowed.set(policy, statements);
      statements.set(index, [...(statements.get(index) ?? []), call]);
    }
  }
}

function keyOf({ caller, action, resource, context }: LifeCall): string {
  return JSON.stringify([caller, action, resource, context]);
}

export function describe({
  says,
  caller,
  action,
  resource,
}: Pick<LifeCall, 'says' | 'caller' | 'action' | 'resource'>): string {
  const who = 'role' in caller ? caller.role : 'service' in caller ? caller.service : `account ${caller.root}`;
  return `${says}: ${who} may not ${action} on ${resource}`;
}
