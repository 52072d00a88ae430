/** Keeps code of the user's from choosing the exit code, in a listener of `exit` or with `process.reallyExit`. */

interface Internals {
  /** What `process.exit` ends with: https://github.com/nodejs/node/blob/main/lib/internal/process/per_thread.js */
  reallyExit(code?: number | string | null): never;
  readonly _exiting?: boolean;
}

let settled: number | undefined;

/** Called once, before anything else runs. */
export function guardExitCode(): void {
  const internals = process as unknown as Internals;
  const end = internals.reallyExit.bind(process);
  const exit = process.exit.bind(process);
  internals.reallyExit = (code) => {
    // Past `exit`, nobody would hear that a command was not done.
    if (internals._exiting !== true) exit(code);
    return end(settled ?? code);
  };
}

/** From now on the process ends with this code, whatever listeners of `exit` do. */
export function settleExitCode(code: number | string | null | undefined): void {
  settled = Number(code ?? 0);
}
