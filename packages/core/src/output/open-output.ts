/** Opens the directory of the cloud assembly, without ever replacing what is none. */

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { outputNotAnAssembly, outputNotWritable } from '../errors/catalogue/output.ts';
import { refused, unreachable } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { type FreshDirectory, isFreshDirectory, openFreshDirectory, openHeldDirectory } from './output-directory.ts';
import { openTemporaryDirectory } from './temporary-directory.ts';

export interface Output {
  /** Absolute path of the cloud assembly. */
  readonly target: string;
  readonly fresh: FreshDirectory;
  /** Whether the `cdk` CLI runs us as its app: it then fills in missing context and runs us again. */
  readonly isCdkApp: boolean;
}

/**
 * @param output directory the user asked for, relative to `directory`
 * @throws CdkpipeError (`source: 'user'`) when the directory holds something else, or cannot be written
 */
export async function openOutput(output: string | undefined, directory: string): Promise<Output> {
  const cdkOutdir = output === undefined ? process.env.CDK_OUTDIR : undefined;
  const target = resolve(directory, output ?? cdkOutdir ?? 'cdk.out');
  const isCdkApp = cdkOutdir !== undefined;
  if (!isCdkApp && existsSync(target) && !isReplaceable(target)) throw refused([outputNotAnAssembly(target)]);
  try {
    return { target, isCdkApp, fresh: await (isCdkApp ? openHeldDirectory : openFreshDirectory)(target) };
  } catch (cause) {
    throw refused([outputNotWritable(target, describeThrown(cause))], { cause });
  }
}

/** A directory that takes the place of none: what is written there is compared with the target, and removed. */
export async function openCheck(output: string | undefined, directory: string): Promise<Output> {
  const target = resolve(directory, output ?? 'cdk.out');
  const temporary = await openTemporaryDirectory('check');
  const fresh: FreshDirectory = { ...temporary, swapIn: async () => unreachable('a check that would write') };
  return { target, isCdkApp: false, fresh };
}

function isReplaceable(target: string): boolean {
  try {
    const names = readdirSync(target);
    return names.every(isFreshDirectory) || existsSync(join(target, 'manifest.json'));
  } catch {
    return false;
  }
}
