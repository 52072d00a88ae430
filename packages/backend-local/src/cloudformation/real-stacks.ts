/** The deeds of the deployer `cloudformation`: prepare, execute, and the way back. */
import { readFileSync } from 'node:fs';
import { type Parameter, type Stack, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import { sayChanges } from '../deploy/change-summary.ts';
import type { DeployTools, Executed, Prepared, StackTarget } from '../deploy/deployer.ts';
import { findRisks } from '../deploy/find-risks.ts';
import { digestOf } from '../work/digests.ts';
import type { AwsClients } from './aws-clients.ts';
import {
  type ChangeSet,
  describeChangeSet,
  digestChangeSet,
  isStillToCome,
  makeChangeSet,
  summarize,
} from './change-set.ts';
import { executeChangeSet, hasExecuted } from './execute-change-set.ts';
import { findStack, type OpenedStack, openStack, outputsOf, settledStack } from './opened-stack.ts';
import * as words from './problems.ts';
import { keepBefore, readBefore, readTemplate } from './state-before.ts';

export async function prepareStack(target: StackTarget, clients: AwsClients, tools: DeployTools): Promise<Prepared> {
  return prepare(await openStack(target, clients, tools));
}

async function prepare(opened: OpenedStack): Promise<Prepared> {
  const { target, manifest } = opened;
  const stack = await usableStack(opened);
  const template = readFileSync(target.templateFile, 'utf8');
  const made = await makeChangeSet(opened, {
    name: changeSetName(target),
    template,
    parameters: parametersFor(template, manifest.parameters, stack),
    tags: Object.entries(target.stack.tags).map(([Key, Value]) => ({ Key, Value })),
    stack,
  });
  if (!made)
    return {
      digest: digestOf({ stack: stack?.StackId, template }),
      changes: { resources: [], others: [], isNew: false, findings: [] },
    };
  const isNew = isStillToCome(stack);
  const standing = isNew ? undefined : await readTemplate(opened);
  const changes = { ...summarize(made, isNew), findings: findRisks(target.stack.id, standing, template) };
  return { digest: digestChangeSet(made, template), changes, reference: made.ChangeSetId };
}

/** One name for each stack and run, so that a second try takes the place of the first. */
function changeSetName({ run, deployment, stack }: StackTarget, prefix = 'cdkpipe'): string {
  return `${prefix}-${run}-${digestOf([deployment, stack.id]).slice(0, 8)}`;
}

/** @throws CdkpipeError `STACK_NOT_USABLE` for what takes no change set, with the way out */
async function usableStack(opened: OpenedStack): Promise<Stack | undefined> {
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

/** Those of the assembly; the rest keep the value that they have, and CloudFormation takes the default of new ones. */
function parametersFor(
  template: string,
  given: Readonly<Record<string, string>>,
  stack: Stack | undefined,
): Parameter[] {
  const declared = Object.keys((JSON.parse(template) as { Parameters?: object }).Parameters ?? {});
  const existing = isStillToCome(stack) ? [] : (stack?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey);
  return declared.flatMap((ParameterKey): Parameter[] => {
    const ParameterValue = given[ParameterKey];
    if (ParameterValue !== undefined) return [{ ParameterKey, ParameterValue }];
    return existing.includes(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
}

export async function executeStack(
  target: StackTarget,
  prepared: Prepared | undefined,
  store: string,
  clients: AwsClients,
  tools: DeployTools,
): Promise<Executed> {
  const opened = await openStack(target, clients, tools);
  const made = prepared ?? (await prepareDirectly(opened));
  const stack = await findStack(opened);
  const before = await keepBefore(opened, store, stack);
  if (made.reference === undefined) return { outputs: outputsOf(stack), summary: 'nothing to execute', before };
  const template = readFileSync(target.templateFile, 'utf8');
  const executed = await executeChangeSet(opened, made.reference, (changeSet) => {
    const found = digestChangeSet(changeSet, template);
    if (found !== made.digest) throw refused([words.changeSetDiffers(target.stack.stackName, made.digest, found)]);
  });
  await protect(opened, executed);
  return { outputs: outputsOf(executed), summary: sayChanges(made.changes), before };
}

/** A change set that an earlier try has executed is gone on with, not made again. */
async function prepareDirectly(opened: OpenedStack): Promise<Prepared> {
  const found = await describeChangeSet(opened, changeSetName(opened.target));
  return found && hasExecuted(found) ? preparedBefore(found) : prepare(opened);
}

function preparedBefore(found: ChangeSet): Prepared {
  return { digest: '', changes: { ...summarize(found, false), findings: [] }, reference: found.ChangeSetId };
}

/** Protects a stack that the assembly says is protected; a protection that somebody else gave is never taken away. */
async function protect(opened: OpenedStack, { EnableTerminationProtection }: Stack): Promise<void> {
  const { client, signal, ask, target, manifest } = opened;
  if (!manifest.terminationProtection || EnableTerminationProtection) return;
  const update = new UpdateTerminationProtectionCommand({
    StackName: target.stack.stackName,
    EnableTerminationProtection: true,
  });
  await ask('UpdateTerminationProtection', () => client.send(update, { abortSignal: signal }));
}

/**
 * Deploys again what stood there before the run: its template, parameters and tags.
 *
 * @throws CdkpipeError `ROLLBACK_OF_NEW_STACK`, `ROLLBACK_OF_CHANGED_STACK`
 */
export async function rollBackStack(
  target: StackTarget,
  executed: Executed,
  store: string,
  clients: AwsClients,
  tools: DeployTools,
): Promise<string> {
  const { stackName, env } = target.stack;
  const opened = await openStack(target, clients, tools);
  const { stack: wanted } = executed.before === undefined ? {} : readBefore(store, executed.before);
  if (!wanted) throw refused([words.rollbackOfNewStack(stackName, env)]);
  const name = changeSetName(target, 'cdkpipe-rollback');
  // A rollback that was cut in the middle is gone on with.
  const begun = await describeChangeSet(opened, name);
  if (begun && hasExecuted(begun) && begun.ExecutionStatus !== 'EXECUTE_FAILED') {
    await executeChangeSet(opened, begun.ChangeSetId, () => {});
    return 'as it was before';
  }
  const stack = await usableStack(opened);
  const standing = digestTemplate(await readTemplate(opened));
  if (standing === digestTemplate(wanted.template) && standing !== digestOwn(target)) return 'is as it was before';
  if (stack === undefined || standing !== digestOwn(target)) throw refused([words.rollbackOfChangedStack(stackName)]);
  const current = (stack.Parameters ?? []).map(({ ParameterKey }) => ParameterKey);
  const made = await makeChangeSet(opened, {
    name,
    template: wanted.template,
    // CloudFormation shows the value of a hidden parameter as stars only; then the one that it has is kept.
    parameters: wanted.parameters.map(({ ParameterKey = '', ParameterValue = '' }) =>
      /^\*+$/.test(ParameterValue) && current.includes(ParameterKey)
        ? { ParameterKey, UsePreviousValue: true }
        : { ParameterKey, ParameterValue },
    ),
    tags: wanted.tags,
    stack,
  });
  if (!made) return 'is as it was before';
  await executeChangeSet(opened, made.ChangeSetId, () => {});
  return 'as it was before';
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
