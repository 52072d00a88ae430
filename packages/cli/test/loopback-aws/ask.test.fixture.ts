/** Asks the loopback without a connection, as a caller that is known. */
import type { Output } from './answer.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Caller } from './identities.test.fixture.ts';
import { services } from './loopback-aws.test.fixture.ts';
import { operationOf, type World } from './world.test.fixture.ts';

export interface Question {
  readonly caller: Caller;
  readonly region: string;
  /** Name for signing, such as `cloudformation`. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** @throws AwsFault */
export function ask(world: World, { caller, region, service, operation, input }: Question): Output {
  const call = { region, input } as Parameters<typeof operationOf>[1];
  const handler = services[service]?.[operation];
  if (!handler) throw new Error(`the loopback does not know ${service} ${operation}`);
  return handler(operationOf(world, call, caller));
}

/** The code of the fault that AWS answers with; undefined where it does not. */
export function faultOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof AwsFault) return error.code;
    throw error;
  }
}
