/** The project's lock of plugins, `cdkpipe.lock.json`: which ones were looked at and accepted, to the byte. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { lockInvalid } from '../errors/catalogue/plugin-lock.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';

export const pluginLockFile = 'cdkpipe.lock.json';

/** A plugin of the registry or of another source. */
export interface LockedPackage {
  readonly version: string;
  /** As the package manager's lock file has it; absent where that has none, as for a directory or a git commit. */
  readonly integrity?: string | undefined;
  /** Where it came from, when not from a registry. */
  readonly source?: string | undefined;
  readonly api: number;
}

/** A plugin that lives in the project itself and has no package. */
export interface LocalPlugin {
  readonly local: true;
}

/** A plugin under development, linked from its directory: its version and its bytes change all the time. */
export interface LinkedPlugin {
  /** The directory, relative to that of the definition, with `/`. */
  readonly linked: string;
  readonly api: number;
}

export type LockEntry = LockedPackage | LocalPlugin | LinkedPlugin;

/** Entries by the name of the plugin. */
export type PluginLock = Readonly<Record<string, LockEntry>>;

const text = z.string().min(1);

const lockSchema = z.strictObject({
  lockVersion: z.literal(1),
  plugins: z.record(
    text,
    z.union([
      z.strictObject({ local: z.literal(true) }),
      z.strictObject({ linked: text, api: z.number().int().positive() }),
      z.strictObject({
        version: text,
        integrity: text.optional(),
        source: text.optional(),
        api: z.number().int().positive(),
      }),
    ]),
  ),
});

/**
 * The lock of the project whose definition lies in `directory`; undefined where there is none.
 *
 * @throws CdkpipeError (`source: 'user'`) when it cannot be read
 */
export function findPluginLock(directory: string): PluginLock | undefined {
  let content: string;
  try {
    content = readFileSync(join(directory, pluginLockFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refused([lockInvalid(describeThrown(error))], { cause: error });
  }
  try {
    return lockSchema.parse(JSON.parse(content)).plugins;
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : describeThrown(error);
    throw refused([lockInvalid(message)], { cause: error });
  }
}

/** The file's content: names and keys always in the same order, so that two people who install merge cleanly. */
export function formatPluginLock(lock: PluginLock): string {
  const plugins = Object.fromEntries(
    Object.entries(lock)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => [name, 'version' in entry ? inOrder(entry) : entry]),
  );
  return `${JSON.stringify({ lockVersion: 1, plugins }, null, 2)}\n`;
}

function inOrder({ version, integrity, source, api }: LockedPackage): LockedPackage {
  return { version, ...(integrity !== undefined && { integrity }), ...(source !== undefined && { source }), api };
}
