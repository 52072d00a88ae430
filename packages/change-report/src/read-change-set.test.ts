import { describe, expect, it } from 'vitest';
import { arn } from './change-set.test.fixture.ts';
import { type ChangeSetReader, type DescribedChangeSet, readChangeSets } from './read-change-set.ts';
import { reportChanges } from './report.ts';

interface Told {
  readonly pages?: Readonly<Record<string, DescribedChangeSet>>;
  readonly status?: string;
  readonly templates?: Readonly<Record<string, string>>;
}

/** A CloudFormation that knows change sets by `name` or `name page`. */
function reader({ pages = {}, status = 'UPDATE_COMPLETE', templates = {} }: Told): ChangeSetReader {
  return {
    describeChangeSet: async ({ ChangeSetName, NextToken }) =>
      pages[NextToken === undefined ? ChangeSetName : `${ChangeSetName} ${NextToken}`],
    findStackStatus: async () => status,
    getTemplate: async ({ ChangeSetName = 'deployed' }) => templates[ChangeSetName] ?? '{}',
  };
}

const read = (told: Told) =>
  readChangeSets(reader(told), { StackName: 'Beta-Orders', ChangeSetName: 'cdkpipe' }, 'Beta-Orders');
const complete = { ChangeSetId: arn('1'), Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' } as const;
const change = (LogicalResourceId: string, ChangeSetId?: string) => ({
  ResourceChange: { Action: 'Modify', LogicalResourceId, ResourceType: 'AWS::CloudFormation::Stack', ChangeSetId },
});

describe('reading a change set', () => {
  it('takes all pages, the later ones of the very change set it found', async () => {
    const [changeSet] = await read({
      pages: {
        cdkpipe: { ...complete, Changes: [change('A')], NextToken: '2' },
        [`${arn('1')} 2`]: { ...complete, Changes: [change('B')], NextToken: '3' },
        [`${arn('1')} 3`]: { ...complete, Changes: [change('C')] },
      },
    });
    expect(changeSet).toMatchObject({ id: arn('1'), isEmpty: false, executionStatus: 'AVAILABLE' });
    expect(changeSet?.changes.map(({ logicalId }) => logicalId)).toEqual(['A', 'B', 'C']);
  });

  it('takes the change sets of nested stacks too', async () => {
    const found = await read({
      pages: {
        cdkpipe: { ...complete, Changes: [change('Inner', arn('inner'))] },
        [arn('inner')]: { ...complete, ChangeSetId: arn('inner'), Changes: [change('Deep')] },
      },
    });
    expect(found.map(({ stack }) => stack)).toEqual(['Beta-Orders', 'Beta-Orders/Inner']);
  });

  it('has the deployed template and the coming one', async () => {
    const templates = { deployed: '{"Resources":{"A":{"Type":"T"}}}', [arn('1')]: '{"Resources":{"B":{"Type":"T"}}}' };
    const [changeSet] = await read({ pages: { cdkpipe: complete }, templates });
    expect(changeSet).toMatchObject({
      before: { Resources: { A: { Type: 'T' } } },
      after: { Resources: { B: { Type: 'T' } } },
    });
  });

  it('takes a stack that only waits for its first change set for new', async () => {
    const [changeSet] = await read({
      pages: { cdkpipe: complete },
      status: 'REVIEW_IN_PROGRESS',
      templates: { deployed: 'must not be asked for' },
    });
    expect(changeSet?.before).toEqual({});
  });

  it('has no template where it is not JSON', async () => {
    const [changeSet] = await read({ pages: { cdkpipe: complete }, templates: { deployed: 'Resources: {}' } });
    expect(changeSet).not.toHaveProperty('before');
    expect(changeSet).toHaveProperty('after');
  });

  it.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'No updates are to be performed.',
  ])('takes a change set that failed with %j for an empty one', async (StatusReason) => {
    const pages = { cdkpipe: { ChangeSetId: arn('1'), Status: 'FAILED', StatusReason } };
    const found = await read({ pages, templates: { deployed: '{"Description":"as it is"}' } });
    const before = { Description: 'as it is' };
    expect(found).toEqual([{ stack: 'Beta-Orders', id: arn('1'), isEmpty: true, changes: [], before }]);
  });

  it('does not take one that is not there for an empty one', async () => {
    const found = await read({});
    expect(found).toEqual([{ stack: 'Beta-Orders', isEmpty: false, isMissing: true, changes: [] }]);
    expect(reportChanges(found)).toMatchObject({
      isUnchanged: false,
      findings: [
        { concern: 'stateful', text: 'no change set was found' },
        { concern: 'permissions', text: 'no change set was found' },
      ],
    });
  });

  it.each([
    [{ Status: 'FAILED', StatusReason: 'Template error' }, 'FAILED: Template error'],
    [{ Status: 'CREATE_IN_PROGRESS' }, 'CREATE_IN_PROGRESS: no reason given'],
    [{}, 'unknown'],
  ])('refuses %j', async (page, message) => {
    await expect(read({ pages: { cdkpipe: page } })).rejects.toThrow(message);
  });
});
