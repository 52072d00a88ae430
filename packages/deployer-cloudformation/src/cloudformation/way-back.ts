/** The way back of a stack: what stood there before the run is deployed again, with its template, parameters and tags. */
import { readFileSync } from 'node:fs';
import type { Parameter, Stack } from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import { hasFailedAtBirth } from '../aws/way-out.ts';
import type { DeployTools, StackTarget, WayBack } from '../contract/deployer.ts';
import { digestOf } from '../contract/digest-of.ts';
import { changedSince, createdByRun } from '../problems/rollback-texts.ts';
import type { AwsClients } from './aws-clients.ts';
import { describeChangeSet, isStillToCome, makeChangeSet } from './change-set.ts';
import { executeChangeSet, hasExecuted } from './execute-change-set.ts';
import { type OpenedStack, openStack, settledStack } from './opened-stack.ts';
import { findBefore, readTemplate, type StateBefore } from './state-before.ts';
import { changeSetName, usableStack } from './usable-stack.ts';

const restored: WayBack = { outcome: 'restored', detail: 'as it was before' };
const unchanged: WayBack = { outcome: 'unchanged', detail: 'as it was before' };

/**
 * @throws CdkpipeError `ROLLBACK_OF_CHANGED_STACK`, and what makes and executes change sets throws
 */
export async function rollBackStack(
  target: StackTarget,
  store: string,
  clients: AwsClients,
  tools: DeployTools,
): Promise<WayBack> {
  const before = findBefore(store, target);
  if (!before) return { outcome: 'unchanged', detail: 'the run has not begun to execute it' };
  const opened = await openStack(target, clients, tools);
  return before.stack ? goBackTo(before.stack, opened) : leaveNew(opened);
}

/** A rollback deletes no data: what was created stays. */
async function leaveNew(opened: OpenedStack): Promise<WayBack> {
  const { stackName, env } = opened.target.stack;
  const stack = await settledStack(opened);
  if (isStillToCome(stack)) return { outcome: 'unchanged', detail: 'there is no such stack, as before' };
  if (hasFailedAtBirth(stack?.StackStatus ?? ''))
    return { outcome: 'unchanged', detail: 'its creation failed, and CloudFormation has taken that back' };
  return { outcome: 'kept', detail: createdByRun(stackName, env) };
}

async function goBackTo(wanted: NonNullable<StateBefore['stack']>, opened: OpenedStack): Promise<WayBack> {
  const { target } = opened;
  const name = changeSetName(target, 'cdkpipe-rollback');
  // A rollback that was cut in the middle is gone on with.
  const begun = await describeChangeSet(opened, name);
  if (begun && hasExecuted(begun) && begun.ExecutionStatus !== 'EXECUTE_FAILED') {
    await executeChangeSet(opened, begun.ChangeSetId, () => {});
    return restored;
  }
  const stack = await usableStack(opened);
  const standing = digestTemplate(await readTemplate(opened));
  if (standing === digestTemplate(wanted.template) && standing !== digestOwn(target)) return unchanged;
  if (stack === undefined || standing !== digestOwn(target)) throw refused([changedSince(target.stack.stackName)]);
  const made = await makeChangeSet(opened, {
    name,
    template: wanted.template,
    parameters: parametersOf(wanted, stack),
    tags: wanted.tags,
    stack,
  });
  if (!made) return unchanged;
  await executeChangeSet(opened, made.ChangeSetId, () => {});
  return restored;
}

/** CloudFormation shows the value of a hidden parameter as stars only; then the one that it has is kept. */
function parametersOf({ parameters }: NonNullable<StateBefore['stack']>, stack: Stack): Parameter[] {
  const current = (stack.Parameters ?? []).map(({ ParameterKey }) => ParameterKey);
  return parameters.map(({ ParameterKey = '', ParameterValue = '' }) =>
    /^\*+$/.test(ParameterValue) && current.includes(ParameterKey)
      ? { ParameterKey, UsePreviousValue: true }
      : { ParameterKey, ParameterValue },
  );
}

function digestOwn({ templateFile }: StackTarget): string {
  return digestTemplate(readFileSync(templateFile, 'utf8'));
}

/** White space says nothing; a template that is no JSON is compared as it is. */
function digestTemplate(text: string): string {
  try {
    return digestOf(JSON.parse(text));
  } catch {
    return digestOf(text);
  }
}
