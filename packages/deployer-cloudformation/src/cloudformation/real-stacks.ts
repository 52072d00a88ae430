/** The deeds of the deployer `cloudformation`: prepare, execute, and the way back. */
import { readFileSync } from 'node:fs';
import { type Parameter, type Stack, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import { sayChanges } from '../contract/change-summary.ts';
import type { DeployTools, Executed, Prepared, StackTarget } from '../contract/deployer.ts';
import { digestOf } from '../contract/digest-of.ts';
import * as words from '../problems/problems.ts';
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
import { findRealRisks, remarksOnNothing } from './find-real-risks.ts';
import { findStack, type OpenedStack, openStack, outputsOf } from './opened-stack.ts';
import { keepBefore } from './state-before.ts';
import { changeSetName, usableStack } from './usable-stack.ts';

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
      changes: { resources: [], others: [], isNew: false, ...remarksOnNothing(target.stack.id, template) },
    };
  const isNew = isStillToCome(stack);
  const changes = { ...summarize(made, isNew), ...(await findRealRisks(opened, made, { isNew, template })) };
  return { digest: digestChangeSet(made, template), changes, reference: made.ChangeSetId };
}

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
  await keepBefore(opened, store, stack);
  if (made.reference === undefined) return { outputs: outputsOf(stack), summary: 'nothing to execute' };
  const template = readFileSync(target.templateFile, 'utf8');
  const executed = await executeChangeSet(opened, made.reference, (changeSet) => {
    const found = digestChangeSet(changeSet, template);
    if (found !== made.digest) throw refused([words.changeSetDiffers(target.stack.stackName, made.digest, found)]);
  });
  await protect(opened, executed);
  return { outputs: outputsOf(executed), summary: sayChanges(made.changes) };
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
