/** Reads the change set that `cdkpipe action` has prepared, for the execute of the same stack. */
import { readFileSync } from 'node:fs';
import { refused } from '@cdkpipe/core';
import type { Prepared } from '@cdkpipe/deployer-cloudformation';
import { preparedOfOther, preparedUnreadable } from '../problems/action-problems.ts';

export interface WantedPrepared {
  /** ID of the node that prepares what is to be executed. */
  readonly node: string;
  readonly run: string;
  readonly mode: 'rehearsal' | 'deploy';
}

/** @throws CdkpipeError where the file is something else, or of another stack, run or mode */
export function readPrepared(file: string, wanted: WantedPrepared): Prepared {
  const { node, run, mode, prepared } = readDocument(file);
  const found = `${String(node)} of the run ${String(run)}, ${String(mode)}`;
  const expected = `${wanted.node} of the run ${wanted.run}, ${wanted.mode}`;
  const { digest, changes, reference } = (prepared ?? {}) as Partial<Record<keyof Prepared, unknown>>;
  if (typeof digest !== 'string' || typeof changes !== 'object' || changes === null)
    throw refused([preparedUnreadable(file, 'it has no prepared change set')]);
  if (found !== expected) throw refused([preparedOfOther(file, found, expected)]);
  return { digest, changes: changes as Prepared['changes'], ...(typeof reference === 'string' ? { reference } : {}) };
}

function readDocument(file: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof document === 'object' && document !== null) return { ...document };
  } catch (error) {
    throw refused([preparedUnreadable(file, (error as Error).message)]);
  }
  throw refused([preparedUnreadable(file, 'it is no JSON object')]);
}
