import { describe, expect, test } from 'vitest';
import { planOf } from '../planner/plan.test.fixture.ts';
import { problemsOf, valid } from './definition.test.fixture.ts';

const connection = {
  type: 'connection',
  repository: 'acme/orders',
  connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1',
};
const triggers = { push: [{ tags: { include: ['v*'] } }] };
const faults = (change: Record<string, unknown>) => problemsOf(() => planOf({ ...valid, ...change }));

describe('what starts a run', () => {
  test.each([
    [{ type: 'github', repository: 'a/b' }, 'webhook'],
    [{ type: 'codeCommit', repository: 'b' }, 'event'],
    [{ type: 's3', bucket: 'libs', key: 'k' }, 'event'],
    [{ type: 's3', bucket: 'libs', key: 'k', trigger: 'poll' }, 'poll'],
    [{ type: 'ecr', repository: 'base' }, 'event'],
    [connection, 'push'],
    [{ ...connection, trigger: 'none' }, 'none'],
    [{ ...connection, triggers }, 'filters'],
  ])('%j is read as %s', async (source, trigger) => {
    expect((await planOf({ ...valid, source })).pipeline.source.trigger).toBe(trigger);
  });

  test.each([
    [{ source: { ...connection, trigger: 'push', triggers } }, 'TRIGGER_TWICE', 'source.trigger'],
    [{ source: { ...connection, trigger: 'none', triggers } }, 'TRIGGER_TWICE', 'source.trigger'],
    [
      {
        source: {
          type: 'codeCommit',
          repository: 'b',
          trigger: 'poll',
          eventRole: 'arn:aws:iam::111111111111:role/starter',
        },
      },
      'EVENT_ROLE_UNUSED',
      'source.eventRole',
    ],
    [{ source: { ...connection, triggers: { pushes: [] } } }, 'UNKNOWN_KEY', 'source.triggers.pushes'],
    [
      {
        source: {
          type: 's3',
          bucket: 'libs',
          key: 'k',
          encryptionKey: 'arn:aws:kms:eu-west-1:111111111111:alias/libs',
        },
      },
      'VALUE_INVALID',
      'source.encryptionKey',
    ],
    [
      { additionalSources: { lib: { ...connection, triggers } } },
      'ADDITIONAL_SOURCE_TRIGGERS',
      'additionalSources["lib"].triggers',
    ],
  ])('%j is refused with %s', async (change, code, path) => {
    expect(await faults(change)).toEqual([expect.objectContaining({ code, path })]);
  });

  test('the plan says what a run for a pull request means', async () => {
    const source = { ...connection, triggers: { pullRequests: [{ branches: { include: ['main'] } }] } };
    expect((await planOf({ ...valid, source })).notes).toEqual([
      { about: 'source', text: expect.stringContaining('before anybody merges it') },
    ]);
  });
});

test('the same repository is fetched twice, from two branches, under names of their own', async () => {
  const plan = await planOf({
    ...valid,
    source: connection,
    additionalSources: { config: { ...connection, branch: 'config' }, 'old/config': { ...connection, branch: 'old' } },
  });
  const sources = plan.nodes.flatMap((node) => (node.type === 'source' ? [node] : []));
  expect(sources.map(({ id, name, source }) => [id, name, 'branch' in source && source.branch])).toEqual([
    ['source', 'Source', 'main'],
    ['source/config', 'config', 'config'],
    ['source/old/config', 'old.config', 'old'],
  ]);
});
