/** Keeps a task that is tried from reaching the world by anything but its tools, and says what it reached for. */
import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { sep } from 'node:path';

const tried = new AsyncLocalStorage<(what: string) => void>();

/** Runs `work`; whatever it starts of the world fails, and is reported. */
export function watchingWorld<T>(report: (what: string) => void, work: () => T): T {
  return tried.run(report, work);
}

type AnyFunction = (...given: never[]) => unknown;

let isWatching = false;

/** Once in a process, before plugins are loaded: from then on they find nothing else. */
export function watchWorld(): void {
  if (isWatching) return;
  isWatching = true;
  // A request fails as a promise: whoever catches that must be seen to go on.
  wrap(globalThis, 'fetch', 'the global fetch', (error) => Promise.reject(error));
  wrap(net.Socket.prototype, 'connect', 'a socket');
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const)
    wrap(childProcess, name, 'a process');
  syncBuiltinESMExports();
}

function throwing(error: Error): never {
  throw error;
}

function wrap<Owner extends object>(
  owner: Owner,
  key: keyof Owner,
  what: string,
  fail: (error: Error) => unknown = throwing,
): void {
  const original = owner[key] as AnyFunction;
  owner[key] = function (this: unknown, ...given: never[]) {
    const report = tried.getStore();
    // The binary of a package, such as a bundler, is code of the plugin and no world.
    if (report === undefined || String(given[0]).includes(`${sep}node_modules${sep}`))
      return original.apply(this, given);
    report(what);
    return fail(new Error(`${what} is out of reach in a check: a task works with its tools`));
  } as Owner[typeof key];
}
