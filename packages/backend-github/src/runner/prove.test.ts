import { describe, expect, test } from 'vitest';
import type { JobRecord } from '../jobs-file/jobs-file.ts';
import type { ApprovalAnswer, EnvironmentAnswer, GitHubApi, JobAnswer } from './github-api.ts';
import { proveApprovals } from './prove.ts';
import { Refusal } from './refusal.ts';

const protectedOne: EnvironmentAnswer = {
  id: 7,
  name: 'Prod',
  can_admins_bypass: false,
  protection_rules: [{ type: 'required_reviewers', reviewers: [{ type: 'User' }] }],
};
const approval: ApprovalAnswer = { state: 'approved', environments: [{ id: 7, name: 'Prod' }], user: { login: 'ada' } };
const start = Date.parse('2026-11-30T10:00:00Z');

interface Given {
  readonly environments?: Readonly<Record<string, EnvironmentAnswer>>;
  readonly approvals?: readonly ApprovalAnswer[];
  readonly jobs?: readonly JobAnswer[];
  readonly timeout?: number;
  /** Minutes since the run has begun. */
  readonly after?: number;
}

async function prove(given: Given = {}) {
  const api: GitHubApi = {
    findEnvironment: async (name) => (given.environments ?? { Prod: protectedOne })[name],
    readApprovals: async () => given.approvals ?? [approval],
    readJobs: async () => given.jobs ?? [],
    readStart: async () => start,
  };
  const gate = {
    gate: 'Prod/Review',
    environment: 'Prod',
    ...(given.timeout === undefined ? {} : { timeout: given.timeout }),
  };
  const job: JobRecord = {
    name: 'Prod',
    needs: ['Build'],
    nodes: ['Prod/Review'],
    environment: 'Prod',
    gates: ['Prod/Review'],
    proves: [gate],
    work: { type: 'approval' },
  };
  try {
    return await proveApprovals(job, api, start + (given.after ?? 0) * 60_000);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

test('a gate that a reviewer approved is proven, with who it was', async () => {
  expect(await prove()).toEqual(['Prod/Review: approved by ada in the environment Prod']);
});

test('a job behind no gate asks for nothing', async () => {
  const job: JobRecord = { name: '', needs: [], nodes: [], gates: [], proves: [], work: { type: 'build' } };
  expect(await proveApprovals(job, {} as GitHubApi, 0)).toEqual([]);
});

describe('a job is refused where', () => {
  test.each<[string, Given, string]>([
    [
      'the environment is missing, and GitHub would make one without rules',
      { environments: {} },
      'no environment "Prod"',
    ],
    [
      'the environment has no rules',
      { environments: { Prod: { id: 7, name: 'Prod', can_admins_bypass: false } } },
      'no required reviewers',
    ],
    [
      'the environment waits, but asks nobody',
      { environments: { Prod: { ...protectedOne, protection_rules: [{ type: 'wait_timer' }] } } },
      'no required reviewers',
    ],
    [
      'the list of reviewers is empty',
      {
        environments: { Prod: { ...protectedOne, protection_rules: [{ type: 'required_reviewers', reviewers: [] }] } },
      },
      'no required reviewers',
    ],
    [
      'administrators may pass over the rules',
      { environments: { Prod: { ...protectedOne, can_admins_bypass: true } } },
      'can bypass the rules',
    ],
    [
      'GitHub does not say whether they may',
      { environments: { Prod: { id: 7, name: 'Prod', protection_rules: protectedOne.protection_rules ?? [] } } },
      'can bypass the rules',
    ],
    ['nobody approved', { approvals: [] }, 'no approval of the environment'],
    ['somebody rejected', { approvals: [{ ...approval, state: 'rejected' }] }, 'no approval of the environment'],
    [
      'another environment was approved',
      { approvals: [{ ...approval, environments: [{ id: 8, name: 'Prod' }] }] },
      'no approval of the environment',
    ],
  ])('%s', async (_title, given, message) => {
    expect(await prove(given)).toContain(message);
  });
});

describe('a gate with a time-out', () => {
  const built = [{ name: 'Build', completed_at: '2026-11-30T11:00:00Z' }];

  test('passes when somebody approved in time, counted from when it was asked', async () => {
    expect(await prove({ timeout: 30, after: 89, jobs: built })).toHaveLength(1);
  });

  test('does not pass later, and says how late it is', async () => {
    expect(await prove({ timeout: 30, after: 91, jobs: built })).toContain('after 31 minutes, and 30 are allowed');
  });

  test('counts again when the failed jobs are run again', async () => {
    const before = [{ name: 'Build', completed_at: '2026-11-29T11:00:00Z' }];
    expect(await prove({ timeout: 30, after: 29, jobs: before })).toHaveLength(1);
  });
});

test('all faults are named at once', async () => {
  expect(await prove({ environments: {}, timeout: 1, after: 5 })).toMatch(/no environment[\s\S]*too late/);
});
