/** Knows whose code is running: also in the timers and promises that a plugin left behind. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CdkpipeError } from './cdkpipe-error.ts';

/** A piece of work that a plugin was asked to do. */
export interface PluginWork {
  readonly plugin: {
    readonly name: string;
    readonly version?: string;
    readonly problemDocs?: Readonly<Record<string, string>>;
  };
  /** What is being done, for messages, for example `the tap of "plan"`. */
  readonly what: string;
  readonly hook?: string;
  /** The lint rule that judges. */
  readonly rule?: string;
  /** ID of the plan's node that is worked on. */
  readonly node?: string;
  /** Kind of the step and backend it is drawn for, where a renderer works. */
  readonly kind?: string;
  readonly backend?: string;
  /** Offered a fault that nobody waits for; false where the work is over, and can no longer end with it. */
  readonly takeFault?: (fault: CdkpipeError) => boolean;
}

const atWork = new AsyncLocalStorage<PluginWork>();

export function runAsPlugin<T>(work: PluginWork, run: () => T): T {
  return atWork.run(work, run);
}

/** The work whose code, or what it left running, is executing now. */
export function pluginAtWork(): PluginWork | undefined {
  return atWork.getStore();
}
