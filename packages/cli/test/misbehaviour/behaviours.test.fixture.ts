/** What code of a plugin may do wrong, wherever it is called. */
import { types } from 'node:util';

export interface Behaviour {
  readonly title: string;
  /** As code, for what is imported; the body of an async function or the top of a module. */
  readonly code: string;
  /** The code of the fault, where it happens in a call; a tap, a renderer and a task differ in what they may return. */
  readonly fault: string;
  /** Where that differs at import. */
  readonly atImport?: string;
}

export const behaviours: readonly Behaviour[] = [
  { title: 'throws', code: `throw new Error('boom');`, fault: 'PLUGIN_FAILED', atImport: 'PLUGIN_NOT_LOADED' },
  {
    title: 'throws a proxy that answers nothing',
    code: `const no = () => { throw new Error('no'); };
      throw new Proxy({}, { get: no, has: no, ownKeys: no, getPrototypeOf: no, getOwnPropertyDescriptor: no });`,
    fault: 'PLUGIN_FAILED',
    atImport: 'PLUGIN_NOT_LOADED',
  },
  { title: 'throws nothing at all', code: 'throw undefined;', fault: 'PLUGIN_FAILED', atImport: 'PLUGIN_NOT_LOADED' },
  { title: 'never settles', code: 'await new Promise(() => {});', fault: 'PLUGIN_TIMED_OUT' },
  { title: 'calls process.exit', code: 'process.exit(0);', fault: 'PLUGIN_EXITED' },
  {
    title: 'calls process.exit and goes on',
    code: 'try { process.exit(0); } catch {}',
    fault: 'PLUGIN_EXITED',
  },
  {
    title: 'leaves a promise behind that is rejected',
    code: `Promise.reject(new Error('late'));`,
    fault: 'PLUGIN_STRAYED',
  },
  {
    title: 'replaces a global function',
    code: `const { stringify } = JSON; JSON.stringify = (...given) => stringify(...given);`,
    fault: 'PLUGIN_PATCHED_GLOBALS',
  },
];

/** The behaviour as an async function. */
export function functionOf(code: string): (...given: unknown[]) => Promise<unknown> {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const made: unknown = new AsyncFunction(code);
  if (!types.isAsyncFunction(made)) throw new Error('not made');
  return made as () => Promise<unknown>;
}

/** The test runner listens for strays, too, and would count those that are meant to happen. */
export async function withoutOtherListeners<T>(work: () => Promise<T>): Promise<T> {
  const events = ['unhandledRejection', 'uncaughtException'] as const;
  const taken = events.map((event) => [event, process.rawListeners(event)] as const);
  for (const event of events) process.removeAllListeners(event);
  try {
    return await work();
  } finally {
    for (const [event, listeners] of taken) for (const listener of listeners) process.on(event, listener as () => void);
  }
}
