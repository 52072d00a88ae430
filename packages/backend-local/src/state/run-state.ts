/** Journal → state: what is known of a run, folded from its records. Pure. */
import type { JournalRecord } from '../journal/record.ts';
import type { Answered, Outcome, Question, Retry, RunEvent, RunOutcome, RunStarted } from '../journal/run-event.ts';
import { foldRollback, type RollbackState } from './rollback-state.ts';

/** A node that nothing was recorded of is pending and has no state. */
export interface NodeState {
  /** `running`: begun, and no end recorded; after a crash, cut in the middle. */
  readonly phase: 'running' | 'asking' | 'ended';
  /** 0 where it was never begun. */
  readonly attempt: number;
  readonly retry?: Retry;
  /** When it was first begun or asked about. */
  readonly since: string;
  readonly question?: Question;
  readonly answers: readonly (Answered & { readonly at: string })[];
  readonly outcome?: Outcome;
  readonly reason?: string;
  readonly summary?: string;
  readonly result?: unknown;
  readonly ended?: string;
  /** Whether every tap of `actionEnd` has heard of its end; stays absent where there is none. */
  readonly told?: true;
}

export interface RunState {
  /** Of the last record that was folded in. */
  readonly seq: number;
  /** The latest time that the journal knows. */
  readonly at: string;
  readonly started?: RunStarted & { readonly at: string };
  /** Digest of the model that the run follows. */
  readonly model?: string;
  /** Digest of model, plan and assembly that the run follows. */
  readonly digest?: string;
  /** Digest of the seal of the assembly. */
  readonly seal?: string;
  readonly nodes: ReadonlyMap<string, NodeState>;
  /** Whether the process that worked on it last has laid it down. */
  readonly resting: boolean;
  readonly ended?: { readonly outcome: RunOutcome; readonly at: string; readonly reason?: string };
  /** What was taken back, the first first. */
  readonly rollbacks: readonly RollbackState[];
}

export const emptyRun: RunState = { seq: 0, at: '', nodes: new Map(), resting: false, rollbacks: [] };

export function foldRecords(state: RunState, records: readonly JournalRecord[]): RunState {
  if (records.length === 0) return state;
  const nodes = new Map(state.nodes);
  let folded: RunState = { ...state, nodes };
  for (const { seq, at, event } of records) {
    folded = { ...folded, ...runPart(folded, at, event), seq, at };
    if (event.type === 'runRetried') {
      folded = withoutEnd(folded);
      for (const id of event.nodes) nodes.delete(id);
    }
    const part = nodePart(nodes, at, event);
    if (part) nodes.set(...part);
  }
  return folded;
}

function withoutEnd({ ended, ...rest }: RunState): RunState {
  return rest;
}

function runPart(state: RunState, at: string, event: RunEvent): Partial<RunState> {
  switch (event.type) {
    case 'runStarted':
      return { started: { ...event, at }, model: event.model };
    case 'planned':
      return { digest: event.digest, ...(event.seal === undefined ? {} : { seal: event.seal }) };
    case 'changeAccepted':
      return state.digest === undefined ? { model: event.to } : { digest: event.to };
    case 'runInterrupted':
      return { resting: true };
    case 'runResumed':
      return { resting: false };
    case 'runEnded':
      return {
        ended: { outcome: event.outcome, at, ...(event.reason === undefined ? {} : { reason: event.reason }) },
      };
    case 'rollbackStarted':
    case 'stackRollbackStarted':
    case 'stackRollbackEnded':
    case 'rollbackEnded':
      return { rollbacks: foldRollback(state.rollbacks, at, event) };
    default:
      return {};
  }
}

function nodePart(nodes: ReadonlyMap<string, NodeState>, at: string, event: RunEvent): [string, NodeState] | undefined {
  if (!('node' in event)) return undefined;
  const before = nodes.get(event.node) ?? { phase: 'running', attempt: 0, since: at, answers: [] };
  return [event.node, { ...before, ...changeOf(before, at, event) }];
}

function changeOf(before: NodeState, at: string, event: Extract<RunEvent, { node: string }>): Partial<NodeState> {
  switch (event.type) {
    case 'actionStarted':
      return { phase: 'running', attempt: event.attempt, retry: event.retry };
    case 'questionAsked':
      return { phase: 'asking', question: event.question, answers: [] };
    case 'answered': {
      const { type, node, decision, by, via, comment, digest } = event;
      const answer = { type, node, decision, by, via, digest, at, ...(comment === undefined ? {} : { comment }) };
      return { answers: [...before.answers, answer] };
    }
    case 'actionTold':
      return { told: true };
    case 'actionEnded': {
      const { outcome, reason, summary, result } = event;
      return {
        phase: 'ended',
        outcome,
        ended: at,
        ...(reason === undefined ? {} : { reason }),
        ...(summary === undefined ? {} : { summary }),
        ...(result === undefined ? {} : { result }),
      };
    }
  }
}
