/** Work on a node with its log, its tools and its end, none of which holds the value of a secret. */
import type { Plan, PlanNode } from '@cdkpipe/core';
import type { Clock } from '../contract/clock.ts';
import type { TaskTools } from '../contract/renderer.ts';
import type { RunMode } from '../journal/run-event.ts';
import { describeFault } from '../state/describe-fault.ts';
import { stopsTheRunFor } from '../state/is-outage.ts';
import { findStoreFault } from '../store/store-fault.ts';
import { openActionLog } from './action-log.ts';
import { readLogLimit } from './log-limit.ts';
import { logFile, type RunPaths } from './paths.ts';
import type { SealedAssembly } from './seal.ts';
import { makeTools } from './task-tools.ts';

/** Where a run's work writes, and what it knows of the world. */
export interface WorkPlace {
  readonly paths: RunPaths;
  readonly clock: Clock;
  readonly outer: NodeJS.ProcessEnv;
  readonly deployer: { readonly mode: RunMode };
  /** The assembly that the run was planned with; absent before. */
  sealed(): SealedAssembly | undefined;
  /** One line of an action's log. */
  tell(node: string, line: string): void;
}

export interface LoggedWork<End> {
  readonly plan: Plan;
  readonly node: PlanNode;
  /** What the log is named after. */
  readonly name: string;
  readonly signal: AbortSignal;
  run(signal: AbortSignal, tools: TaskTools): Promise<End>;
  /** How it ends where it throws. */
  failed(reason: string): End;
  /** Applies `redact` to every text of an end. */
  redacted(end: End, redact: (text: string) => string): End;
}

/** @throws CdkpipeError where the disk fails, AWS cannot be asked or a plugin breaks its contract: how the work would have ended is not known then */
export async function doLogged<End>(place: WorkPlace, work: LoggedWork<End>): Promise<End> {
  const { plan, node, name } = work;
  const { paths, clock, outer } = place;
  const lost = new AbortController();
  const signal = AbortSignal.any([work.signal, lost.signal]);
  const throwLost = (error: unknown) => {
    const fault = stopsTheRunFor(error) ? error : findStoreFault(error, paths.root);
    if (fault) throw fault;
  };
  let end: End;
  try {
    const header = `${name} ${clock.now().toISOString()}`;
    const log = openActionLog({
      file: logFile(paths, name),
      header,
      limit: readLogLimit(outer),
      tell: (line) => place.tell(name, line),
      lose: (error) => lost.abort(error),
    });
    const own = makeTools({
      plan,
      node,
      paths,
      sealed: place.sealed(),
      log,
      clock,
      signal,
      outer,
      mode: place.deployer.mode,
    });
    try {
      signal.throwIfAborted();
      end = work.redacted(await work.run(signal, own.tools), own.redact);
    } catch (error) {
      throwLost(error);
      end = work.failed(own.redact(describeFault(error)));
    } finally {
      log.close();
      await own.clear();
    }
  } catch (error) {
    throwLost(error);
    throw error;
  }
  if (lost.signal.aborted) {
    throwLost(lost.signal.reason);
    throw lost.signal.reason;
  }
  return end;
}
