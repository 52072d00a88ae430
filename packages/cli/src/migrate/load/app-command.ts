/** The command that synthesises the old app: that of the caller, or that of `cdk.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refused } from '@cdkpipe/core';
import { appIsCdkpipe, appNotNamed } from './problems.ts';

/** @throws CdkpipeError (`source: 'user'`) where there is none, or it is cdkpipe */
export function findAppCommand(directory: string, given: string | undefined): string {
  const command = given ?? readApp(join(directory, 'cdk.json'));
  if (command === undefined || command.trim() === '') throw refused([appNotNamed(directory)]);
  if (/\bcdkpipe\b.*\bsynth\b/.test(command)) throw refused([appIsCdkpipe(command)]);
  return command;
}

function readApp(file: string): string | undefined {
  try {
    const { app }: { app?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof app === 'string' ? app : undefined;
  } catch {
    return undefined;
  }
}
