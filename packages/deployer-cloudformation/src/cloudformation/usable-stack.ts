/** Whether a stack takes a change set, and what that is called. */
import type { Stack } from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import type { StackTarget } from '../contract/deployer.ts';
import { digestOf } from '../contract/digest-of.ts';
import * as words from '../problems/problems.ts';
import { isStillToCome } from './change-set.ts';
import { type OpenedStack, settledStack } from './opened-stack.ts';

/** One name for each stack and run, so that a second try takes the place of the first. */
export function changeSetName({ run, deployment, stack }: StackTarget, prefix = 'cdkpipe'): string {
  return `${prefix}-${run}-${digestOf([deployment, stack.id]).slice(0, 8)}`;
}

/** @throws CdkpipeError `STACK_NOT_USABLE` for what takes no change set, with the way out */
export async function usableStack(opened: OpenedStack): Promise<Stack | undefined> {
  const { stackName, env } = opened.target.stack;
  const stack = await settledStack(opened);
  const status = stack?.StackStatus ?? '';
  const isUsable = stack === undefined || isStillToCome(stack) || usable.has(status);
  if (!isUsable) throw refused([words.stackNotUsable(stackName, status, env)]);
  return stack;
}

const usable: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);
