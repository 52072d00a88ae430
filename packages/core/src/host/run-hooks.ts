/** The hooks along a run, for a backend that runs a pipeline itself. */
import type { HookInputs, RunHookName } from '../contracts/hooks.ts';
import type { PhaseHooks } from '../hooks/phase-hooks.ts';

export interface RunHooks {
  /** Whether any plugin taps it. */
  isTapped(hook: RunHookName): boolean;
  /**
   * Calls the taps of a hook, one after the other. Events come one by one, in the order in which they were called: no
   * plugin is told of two things at once.
   *
   * @throws CdkpipeError with the fault of a tap; those behind it are not called
   */
  call<Name extends RunHookName>(hook: Name, event: HookInputs[Name]): Promise<void>;
}

/** Keeps the name of a hook and its event together. */
type Targets = { readonly [Name in RunHookName]: { promise(event: HookInputs[Name]): Promise<void> } };

export function makeRunHooks(hooks: Pick<PhaseHooks, RunHookName>): RunHooks {
  const targets: Targets = hooks;
  let last: Promise<unknown> = Promise.resolve();
  return {
    isTapped: (hook) => hooks[hook].isUsed(),
    call: (hook, event) => {
      const called = last.then(() => targets[hook].promise(event));
      last = called.catch(() => {});
      return called;
    },
  };
}
