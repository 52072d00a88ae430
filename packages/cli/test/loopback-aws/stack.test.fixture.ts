/** A stack of CloudFormation, its change sets and its events, as the service keeps them. */
import { randomUUID } from 'node:crypto';
import type { Place, Resource } from './resource-store.test.fixture.ts';
import type { Template } from './template.test.fixture.ts';

export interface StackEvent {
  readonly id: string;
  readonly at: Date;
  readonly token: string | undefined;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

export interface Parameters {
  /** As they were passed: for one of the parameter store, its name there. */
  readonly given: Readonly<Record<string, unknown>>;
  /** One of the parameter store keeps the value that it had when the change set was made. */
  readonly resolved: Readonly<Record<string, unknown>>;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly templateText: string;
  readonly template: Template;
  readonly parameters: Parameters;
  readonly tags: unknown;
  readonly roleArn: string | undefined;
  readonly changes: readonly Change[];
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED';
}

export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string | undefined;
  readonly type: string;
  readonly replacement?: 'True' | 'False';
}

export interface DeployedResource {
  readonly resource: Resource;
  readonly deletionPolicy: string | undefined;
}

export interface Stack extends Place {
  readonly id: string;
  readonly name: string;
  readonly created: Date;
  status: string;
  reason?: string;
  isProtected: boolean;
  templateText: string;
  template: Template | undefined;
  parameters: Parameters;
  tags: unknown;
  roleArn: string | undefined;
  resources: Map<string, DeployedResource>;
  outputs: ReadonlyMap<string, string>;
  /** By export name. */
  exports: ReadonlyMap<string, string>;
  /** Names of exports of other stacks that it uses. */
  imports: ReadonlySet<string>;
  readonly events: StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
}

/** A stack that so far only has change sets: API Reference, `CreateChangeSet`, "REVIEW_IN_PROGRESS". */
export function newStack(name: string, place: Place): Stack {
  const { account, region } = place;
  return {
    account,
    region,
    name,
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`,
    created: new Date(),
    status: 'REVIEW_IN_PROGRESS',
    isProtected: false,
    templateText: '{}',
    template: undefined,
    parameters: { given: {}, resolved: {} },
    tags: undefined,
    roleArn: undefined,
    resources: new Map(),
    outputs: new Map(),
    exports: new Map(),
    imports: new Set(),
    events: [],
    changeSets: new Map(),
  };
}

export const isDeleted = ({ status }: Stack) => status === 'DELETE_COMPLETE';

/** Writes down what happens to the stack itself. */
export function enter(stack: Stack, status: string, token: string | undefined, reason?: string): void {
  stack.status = status;
  if (reason === undefined) delete stack.reason;
  else stack.reason = reason;
  addEvent(stack, {
    token,
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status,
    reason,
  });
}

export function addEvent(stack: Stack, event: Omit<StackEvent, 'id' | 'at'>): void {
  // Each a millisecond after the last, as readers sort by time.
  const last = stack.events.at(-1)?.at.getTime() ?? 0;
  stack.events.push({ ...event, id: randomUUID(), at: new Date(Math.max(Date.now(), last + 1)) });
}
