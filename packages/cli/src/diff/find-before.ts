/** Finds what a pipeline is compared with: the last synth, a directory, or what is deployed. */
import { join, resolve } from 'node:path';
import { refused } from '@cdkpipe/core';
import { type FindBefore, findOwnStacks, type OwnStack } from '@cdkpipe/core/host';
import { readDeployedTemplate } from '../aws/read-template.ts';
import { type AwsSession, openSession } from '../aws/session.ts';
import { describeFault } from '../doctor/describe-fault.ts';
import { assemblyNotFound, assemblyUnreadable, deployedNotRead } from '../problems/problems.ts';

/**
 * @param against directory, relative to where the command was called; `cdk.out` beside the definition by default
 * @throws CdkpipeError (`source: 'user'`) where it holds no assembly
 */
export function fromDirectory(cwd: string, against: string | undefined): FindBefore {
  return async (_, definition) => {
    const directory = against === undefined ? join(definition, 'cdk.out') : resolve(cwd, against);
    const found = readStacks(directory);
    if (found === undefined) throw refused([assemblyNotFound(directory)]);
    return found;
  };
}

function readStacks(directory: string): readonly OwnStack[] | undefined {
  try {
    return findOwnStacks(directory);
  } catch (error) {
    throw refused([assemblyUnreadable(directory, describeFault(error))], { cause: error });
  }
}

/**
 * The stacks that would be emitted, as they are deployed; one that is not deployed is left out.
 *
 * @throws CdkpipeError (`source: 'user'`) with every stack that could not be read
 */
export const fromAws: FindBefore = async (after) => {
  const [first] = after;
  if (first?.env === undefined) return [];
  const session = await sessionFor(first);
  const read = await Promise.all(after.map((stack) => readStack(stack, session)));
  const faults = read.flatMap((each) => ('code' in each ? [each] : []));
  if (faults.length > 0) throw refused(faults);
  return read.flatMap((each) => ('code' in each || each.template === undefined ? [] : [each as OwnStack]));
};

async function sessionFor(stack: OwnStack): Promise<AwsSession> {
  try {
    return await openSession(stack.env?.region ?? '');
  } catch (error) {
    throw refused([deployedNotRead(stack.stackName, describeFault(error))], { cause: error });
  }
}

async function readStack(stack: OwnStack, session: AwsSession) {
  try {
    const template = await readDeployedTemplate(stack, session);
    return { ...stack, template };
  } catch (error) {
    return deployedNotRead(stack.stackName, describeFault(error));
  }
}
