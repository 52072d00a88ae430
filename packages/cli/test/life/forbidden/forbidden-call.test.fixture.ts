/** A row of the table of what nobody may do: who, what, to which. */
import type { Call } from '../cloud/cloud.test.fixture.ts';
import { type Caller, type Context, listOf, type OneOrMore } from '../iam/policy.test.fixture.ts';
import type { Member, World } from './world.test.fixture.ts';

export interface Forbidden {
  /** What would be wrong. */
  readonly says: string;
  who(world: World): readonly (Member | Caller | string)[];
  readonly actions: OneOrMore<string>;
  /** @param self who would do it: resources that are theirs are left out here */
  on(world: World, self: Member | Caller | string): readonly string[];
  readonly with?: Context;
}

/** Every call that the row forbids in this world. */
export function callsThatAre(forbidden: Forbidden, world: World): Call[] {
  return forbidden
    .who(world)
    .filter((who) => isOurs(who, world))
    .flatMap((who) =>
      forbidden.on(world, who).flatMap((resource) =>
        listOf(forbidden.actions).map((action) => ({
          caller: callerOf(who),
          action,
          resource,
          ...(forbidden.with && { context: forbidden.with }),
        })),
      ),
    );
}

/** Roles that the author brings may do what their author says; a neighbour of the pipeline is there for this test. */
function isOurs(who: Member | Caller | string, { life }: World): boolean {
  return typeof who !== 'string' || who.endsWith('/neighbour') || !life.cloud.outside.roles?.includes(who);
}

function callerOf(who: Member | Caller | string): Caller {
  if (typeof who === 'string') return { role: who };
  return 'arn' in who ? { role: who.role } : who;
}

export const arnsOf = (members: readonly Member[]): string[] => members.map(({ arn }) => arn);

/** ARNs of members that work with another role. */
export const othersThan = (members: readonly Member[], self: unknown): string[] =>
  arnsOf(members.filter((each) => each.role !== (self as Member).role));

export const accountOfRole = (arn: string): string => arn.split(':')[4] ?? '';
