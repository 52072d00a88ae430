/** Reads a change set, all its pages and those of nested stacks, through whatever can call CloudFormation. */
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { parseTemplate, type Template } from './template.ts';

/** CloudFormation's answer to DescribeChangeSet, as far as it is read. */
export interface DescribedChangeSet {
  readonly ChangeSetId?: string | undefined;
  readonly StackId?: string | undefined;
  readonly Status?: string | undefined;
  readonly StatusReason?: string | undefined;
  readonly ExecutionStatus?: string | undefined;
  readonly NextToken?: string | undefined;
  readonly Changes?: readonly { readonly ResourceChange?: DescribedChange | undefined }[] | undefined;
}

export interface DescribedChange {
  readonly Action?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly PhysicalResourceId?: string | undefined;
  readonly ResourceType?: string | undefined;
  readonly Replacement?: string | undefined;
  readonly PolicyAction?: string | undefined;
  readonly ChangeSetId?: string | undefined;
  readonly Details?:
    | readonly {
        readonly Target?:
          | {
              readonly Attribute?: string | undefined;
              readonly Name?: string | undefined;
              readonly RequiresRecreation?: string | undefined;
            }
          | undefined;
        readonly ChangeSource?: string | undefined;
        readonly CausingEntity?: string | undefined;
      }[]
    | undefined;
}

/** A change set by its name in a stack, or by its ARN alone. */
export interface ChangeSetName {
  readonly StackName?: string;
  readonly ChangeSetName: string;
}

export interface ChangeSetReader {
  /** One page; undefined where there is no such change set. */
  describeChangeSet(input: ChangeSetName & { readonly NextToken?: string }): Promise<DescribedChangeSet | undefined>;
  /** Status of a stack by name or ARN; undefined where there is no such stack. */
  findStackStatus(stack: string): Promise<string | undefined>;
  /** The processed template that is deployed, or that of a change set. */
  getTemplate(input: { readonly StackName: string; readonly ChangeSetName?: string }): Promise<string>;
}

/**
 * The change set and those of nested stacks it names.
 *
 * @throws Error where CloudFormation could not make it, or has not made it yet
 */
export async function readChangeSets(
  reader: ChangeSetReader,
  name: ChangeSetName,
  stack: string,
): Promise<ChangeSet[]> {
  const pages: DescribedChangeSet[] = [];
  for (let token: string | undefined; pages.length === 0 || token !== undefined; token = pages.at(-1)?.NextToken) {
    // Later pages are those of the change set that was found, whatever bears its name by then.
    const found = pages[0]?.ChangeSetId;
    const page = await reader.describeChangeSet({
      ...(found === undefined ? name : { ChangeSetName: found }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    if (page === undefined) return [{ stack, isEmpty: false, isMissing: true, changes: [] }];
    pages.push(page);
  }
  const [first = {}] = pages;
  const read = readDescribed(stack, { ...first, Changes: pages.flatMap(({ Changes = [] }) => Changes) });
  const stackName = first.StackId ?? name.StackName ?? stack;
  if (read.isEmpty) return [{ ...read, ...(await readStanding(reader, stackName)) }];
  const nested: ChangeSet[] = [];
  for (const { nestedChangeSet, logicalId } of read.changes)
    if (nestedChangeSet !== undefined)
      nested.push(...(await readChangeSets(reader, { ChangeSetName: nestedChangeSet }, `${stack}/${logicalId}`)));
  return [{ ...read, ...(await readTemplates(reader, stackName, read.id ?? name.ChangeSetName)) }, ...nested];
}

/**
 * A change set that was described whole; the templates are still to be laid beside it.
 *
 * @throws Error where CloudFormation could not make it, or has not made it yet
 */
export function readDescribed(stack: string, described: DescribedChangeSet): ChangeSet {
  const { ChangeSetId: id, ExecutionStatus, Status = 'unknown', StatusReason = 'no reason given' } = described;
  const head = {
    stack,
    ...(id === undefined ? {} : { id }),
    ...(ExecutionStatus === undefined ? {} : { executionStatus: ExecutionStatus }),
  };
  if (hasNoChanges(described)) return { ...head, isEmpty: true, changes: [] };
  if (Status !== 'CREATE_COMPLETE') throw new Error(`the change set of ${stack} is ${Status}: ${StatusReason}`);
  const { Changes = [] } = described;
  const changes = Changes.flatMap(({ ResourceChange: change }) => (change ? [readChange(change)] : []));
  return { ...head, isEmpty: false, changes };
}

/** The reasons with which CloudFormation fails a change set that would change nothing. */
function hasNoChanges({ Status, StatusReason = '' }: DescribedChangeSet): boolean {
  return Status === 'FAILED' && /didn't contain changes|no updates are to be performed/i.test(StatusReason);
}

async function readTemplates(
  reader: ChangeSetReader,
  stack: string,
  changeSet: string,
): Promise<{ before?: Template; after?: Template }> {
  const standing = await readStanding(reader, stack);
  const after = parseTemplate(await reader.getTemplate({ StackName: stack, ChangeSetName: changeSet }));
  return { ...standing, ...(after === undefined ? {} : { after }) };
}

/** What is deployed, `{}` for a stack that was never executed. */
async function readStanding(reader: ChangeSetReader, stack: string): Promise<{ before?: Template }> {
  const status = await reader.findStackStatus(stack);
  const isNew = status === undefined || status === 'REVIEW_IN_PROGRESS';
  const before = isNew ? {} : parseTemplate(await reader.getTemplate({ StackName: stack }));
  return before === undefined ? {} : { before };
}

function readChange(change: DescribedChange): ResourceChange {
  const { Action, LogicalResourceId, ResourceType, Replacement, PolicyAction, PhysicalResourceId, ChangeSetId } =
    change;
  return {
    logicalId: LogicalResourceId ?? '?',
    type: ResourceType ?? '?',
    action: Action ?? 'Dynamic',
    ...(Replacement === undefined ? {} : { replacement: Replacement }),
    ...(PolicyAction === undefined ? {} : { policyAction: PolicyAction }),
    ...(PhysicalResourceId === undefined ? {} : { physicalId: PhysicalResourceId }),
    ...(ChangeSetId === undefined ? {} : { nestedChangeSet: ChangeSetId }),
    details: (change.Details ?? []).map(({ Target = {}, ChangeSource, CausingEntity }) => ({
      ...(Target.Attribute === undefined ? {} : { attribute: Target.Attribute }),
      ...(Target.Name === undefined ? {} : { name: Target.Name }),
      ...(Target.RequiresRecreation === undefined ? {} : { requiresRecreation: Target.RequiresRecreation }),
      ...(ChangeSource === undefined ? {} : { source: ChangeSource }),
      ...(CausingEntity === undefined ? {} : { causedBy: CausingEntity }),
    })),
  };
}
