/** What every part of the loader needs to know of its surroundings. */

export interface LoadContext {
  /** Where the paths in messages start. */
  readonly cwd: string;
  /** Where transformed files are kept; nowhere when absent. */
  readonly cacheDir?: string | undefined;
}
