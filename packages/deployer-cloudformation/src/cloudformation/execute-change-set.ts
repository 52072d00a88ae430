/** Executes one change set, exactly that, once; after a crash it looks at what the stack did instead. */
import { createHash } from 'node:crypto';
import { ExecuteChangeSetCommand, type Stack, type StackEvent } from '@aws-sdk/client-cloudformation';
import { isCdkpipeError, refused, unreachable } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import { type ChangeSet, describeChangeSet } from './change-set.ts';
import { findStack, isMoving, type OpenedStack } from './opened-stack.ts';
import { pauses } from './pauses.ts';
import { eventLine, firstFailure, lastStatus, readEvents } from './stack-events.ts';

/**
 * @param check called with the change set before it is executed; throws where it is not the one that was prepared
 * @returns the stack as it stands then
 * @throws CdkpipeError `CHANGE_SET_GONE`, `STACK_FAILED`
 */
export async function executeChangeSet(
  opened: OpenedStack,
  arn: string,
  check: (changeSet: ChangeSet) => void,
): Promise<Stack> {
  const { client, signal, ask, target, tools } = opened;
  const { stackName } = target.stack;
  const token = tokenOf(arn);
  const found = await describeChangeSet(opened, arn);
  if (found?.ExecutionStatus === 'AVAILABLE') {
    check(found);
    const execute = new ExecuteChangeSetCommand({
      StackName: stackName,
      ChangeSetName: arn,
      ClientRequestToken: token,
    });
    try {
      await ask('ExecuteChangeSet', () => client.send(execute, { abortSignal: signal }));
    } catch (error) {
      // The answer to an earlier try may have been lost on its way.
      if (!isCdkpipeError(error) || !(await hasBegun(opened, stackName, token))) throw error;
    }
  } else if (!hasExecuted(found) && !(await hasBegun(opened, stackName, token))) {
    throw refused([words.changeSetGone(stackName, arn, found?.ExecutionStatus ?? 'it is not there')]);
  } else tools.log('it was executed before; looking at what the stack did');
  return watch(opened, arn, token, found?.StackId ?? stackName);
}

/** CloudFormation writes it on every event of the execution, and does not execute twice for one. */
function tokenOf(arn: string): string {
  return `cdkpipe-${createHash('sha256').update(arn).digest('hex').slice(0, 40)}`;
}

export function hasExecuted(changeSet: ChangeSet | undefined): boolean {
  return changeSet?.ExecutionStatus?.startsWith('EXECUTE_') ?? false;
}

async function hasBegun(opened: OpenedStack, stack: string, token: string): Promise<boolean> {
  const isThere = (await findStack(opened, stack)) !== undefined;
  return isThere && (await readEvents(opened, stack, token)).length > 0;
}

async function watch(opened: OpenedStack, arn: string, token: string, stackId: string): Promise<Stack> {
  const events: StackEvent[] = [];
  const seen = new Set<string>();
  const { stackName } = opened.target.stack;
  for (const pause of pauses()) {
    const changeSet = await describeChangeSet(opened, arn);
    const stack = await findStack(opened, stackId);
    for (const event of await readEvents(opened, stackId, token, seen)) {
      opened.tools.log(eventLine(event));
      events.push(event);
      seen.add(event.EventId ?? '');
    }
    const isWaiting = changeSet && ['AVAILABLE', 'EXECUTE_IN_PROGRESS'].includes(changeSet.ExecutionStatus ?? '');
    // CloudFormation removes change sets behind an execution; then its events tell.
    const status = changeSet ? stack?.StackStatus : lastStatus(events);
    if (stack && !isWaiting && status !== undefined && !isMoving(stack)) {
      if (isGood(status) && changeSet?.ExecutionStatus !== 'EXECUTE_FAILED') return stack;
      const first = firstFailure(events) ?? stack.StackStatusReason ?? 'no event says why';
      throw refused([words.stackFailed(stackName, status, first)]);
    }
    await opened.tools.sleep(pause);
  }
  return unreachable('pauses that have an end');
}

function isGood(status: string): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(status);
}
