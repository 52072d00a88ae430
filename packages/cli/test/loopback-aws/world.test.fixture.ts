/** All that the loopback keeps: resources, stacks, objects of buckets, sessions; and how one operation sees it. */

import type { Alarm } from './alarm.test.fixture.ts';
import type { Output } from './answer.test.fixture.ts';
import { type Access, authorize } from './authorization.test.fixture.ts';
import type { Call } from './call.test.fixture.ts';
import type { Failure } from './execute-change-set.test.fixture.ts';
import { type Caller, Identities } from './identities.test.fixture.ts';
import type { Approval, JobResult } from './pipeline-run.test.fixture.ts';
import type { PublishedMessage } from './published-message.test.fixture.ts';
import { ResourceStore } from './resource-store.test.fixture.ts';
import type { Stack } from './stack.test.fixture.ts';

export interface StoredObject {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export class World {
  readonly store = new ResourceStore();
  readonly identities = new Identities();
  readonly stacks: Stack[] = [];
  /** By bucket, then by key. */
  readonly objects = new Map<string, Map<string, StoredObject>>();
  readonly failures: Failure[] = [];
  /** Of invoke actions, by ID; undefined until the function has answered. */
  readonly jobs = new Map<string, JobResult | undefined>();
  readonly approvals: Approval[] = [];
  readonly alarms: Alarm[] = [];
  /** Their states, by ARN. */
  readonly connections = new Map<string, 'PENDING' | 'AVAILABLE' | 'ERROR'>();
  readonly published: PublishedMessage[] = [];
  /** How long sessions last that a token of another provider opens, in milliseconds. */
  webSessionMs = 3_600_000;

  isEmpty(bucket: string): boolean {
    return (this.objects.get(bucket)?.size ?? 0) === 0;
  }
}

/** An operation that a known caller asks for. */
export interface Operation {
  readonly world: World;
  readonly call: Call;
  readonly caller: Caller;
  readonly account: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** @throws AwsFault `AccessDenied` */
  authorize(action: string, resource: string, more?: Partial<Access>): void;
}

export type Handler = (operation: Operation) => Output;
export type Handlers = Readonly<Record<string, Handler>>;

export function operationOf(world: World, call: Call, caller: Caller): Operation {
  const { account } = caller;
  const { region, input } = call;
  return {
    ...{ world, call, caller, account, region, input },
    authorize: (action, resource, { context = {}, ...more } = {}) =>
      authorize(world.store, caller, {
        ...{ action, resource, owner: account, ...more },
        context: { 'aws:RequestedRegion': region, ...context },
      }),
  };
}
