/** Makes change sets, reads them whole, and says what they do. */
import {
  type Change,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  type Parameter,
  type Stack,
  type Tag,
} from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import type { ChangeSummary, ResourceChange } from '../contract/change-summary.ts';
import { digestOf } from '../contract/digest-of.ts';
import * as words from '../problems/problems.ts';
import { fillPlaceholders } from './aws-clients.ts';
import type { OpenedStack } from './opened-stack.ts';
import { pauses } from './pauses.ts';
import { placeTemplate } from './place-template.ts';

export interface WantedChangeSet {
  readonly name: string;
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly tags: readonly Tag[];
  /** The stack as it stands; absent where it is to be created. */
  readonly stack: Stack | undefined;
}

export type ChangeSet = DescribeChangeSetCommandOutput & { readonly ChangeSetId: string };

/**
 * Makes a change set, in place of an older one of that name.
 *
 * @returns undefined where nothing would change
 * @throws CdkpipeError `CHANGE_SET_FAILED`, `STACK_NOT_USABLE`
 */
export async function makeChangeSet(opened: OpenedStack, wanted: WantedChangeSet): Promise<ChangeSet | undefined> {
  const { client, signal, ask, target, manifest, tools } = opened;
  const { stackName: StackName, executionRoleArn, env } = target.stack;
  await removeChangeSet(opened, wanted.name);
  const isNew = isStillToCome(wanted.stack);
  const create = new CreateChangeSetCommand({
    StackName,
    ChangeSetName: wanted.name,
    ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
    Description: `run ${target.run} of cdkpipe`,
    ...(await placeTemplate(opened, wanted.template)),
    Parameters: [...wanted.parameters],
    Tags: [...wanted.tags],
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ...(executionRoleArn === undefined ? {} : { RoleARN: fillPlaceholders(executionRoleArn, env) }),
    ...(manifest.notificationArns.length === 0 ? {} : { NotificationARNs: [...manifest.notificationArns] }),
  });
  const { Id = '' } = await ask('CreateChangeSet', () => client.send(create, { abortSignal: signal }));
  for (const pause of pauses()) {
    const made = await describeChangeSet(opened, Id);
    if (!made) throw refused([words.changeSetGone(StackName, Id, 'it was removed while it was made')]);
    if (made.Status === 'CREATE_COMPLETE') return made;
    if (made.Status === 'FAILED') {
      const reason = made.StatusReason ?? 'no reason was given';
      await removeChangeSet(opened, Id);
      if (isAboutNothing(reason)) return undefined;
      throw refused([words.changeSetFailed(StackName, reason)]);
    }
    await tools.sleep(pause);
  }
  return undefined;
}

/** A stack that was never executed is only the place of its change sets. */
export function isStillToCome(stack: Stack | undefined): boolean {
  return stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS';
}

const isAboutNothing = (reason: string) => /didn't contain changes|No updates are to be performed/.test(reason);

async function removeChangeSet(opened: OpenedStack, name: string): Promise<void> {
  const { client, signal, ask, target, tools } = opened;
  for (const pause of pauses()) {
    const found = await describeChangeSet(opened, name);
    if (!found) return;
    const remove = new DeleteChangeSetCommand({ ChangeSetName: found.ChangeSetId, StackName: target.stack.stackName });
    await ask('DeleteChangeSet', () => client.send(remove, { abortSignal: signal }));
    await tools.sleep(pause);
  }
}

/**
 * Every page of a change set.
 *
 * @param name name or ARN
 * @returns undefined where there is none
 */
export async function describeChangeSet(opened: OpenedStack, name: string): Promise<ChangeSet | undefined> {
  const { client, signal, ask, target } = opened;
  const changes: Change[] = [];
  let NextToken: string | undefined;
  for (;;) {
    const describe = new DescribeChangeSetCommand({
      ChangeSetName: name,
      // Also beside an ARN: where the change set is gone, a role for this stack alone may still be told so.
      StackName: target.stack.stackName,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    const page = await ask('DescribeChangeSet', async () => {
      try {
        return await client.send(describe, { abortSignal: signal });
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    });
    if (page?.ChangeSetId === undefined || page.Status === 'DELETE_COMPLETE') return undefined;
    changes.push(...(page.Changes ?? []));
    NextToken = page.NextToken;
    if (!NextToken) return { ...page, ChangeSetId: page.ChangeSetId, Changes: changes };
  }
}

function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name.startsWith('ChangeSetNotFound')) return true;
  return error.name === 'ValidationError' && /does not exist/.test(error.message);
}

/** Of everything that a change set says it will do, and of the template that it was made from. */
export function digestChangeSet(changeSet: ChangeSet, template: string): string {
  const { ChangeSetId, StackId, Parameters = [], Tags = [], Capabilities = [], Changes = [] } = changeSet;
  const sorted = (list: readonly unknown[]) => list.map((each) => digestOf(each)).sort();
  return digestOf({
    ChangeSetId,
    StackId,
    template,
    parameters: sorted(Parameters),
    tags: sorted(Tags),
    capabilities: sorted(Capabilities),
    changes: sorted(Changes),
  });
}

/** Apart from what somebody should look at, for which templates are needed too: see `findRealRisks`. */
export function summarize({ Changes = [] }: ChangeSet, isNew: boolean): Omit<ChangeSummary, 'findings'> {
  const resources = Changes.flatMap(({ ResourceChange: change }): ResourceChange[] => {
    if (!change) return [];
    const names = (change.Details ?? []).flatMap(({ Target }) =>
      Target?.Attribute === 'Properties' && Target.Name !== undefined ? [Target.Name] : [],
    );
    return [
      {
        logicalId: change.LogicalResourceId ?? '',
        resourceType: change.ResourceType ?? '',
        action: actionOf(change),
        properties: [...new Set(names)].sort(),
      },
    ];
  });
  return {
    resources: resources.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1)),
    // A change set lists resources only; one without any changes outputs, tags or the like.
    others: resources.length === 0 ? ['Outputs'] : [],
    isNew,
  };
}

/** What CloudFormation cannot tell before it has begun counts as the worse. */
function actionOf({ Action, Replacement }: NonNullable<Change['ResourceChange']>): ResourceChange['action'] {
  if (Action === 'Add' || Action === 'Import') return 'add';
  if (Action === 'Remove') return 'remove';
  return Action === 'Dynamic' || Replacement === 'True' || Replacement === 'Conditional' ? 'replace' : 'modify';
}
