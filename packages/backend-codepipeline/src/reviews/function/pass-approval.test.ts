import { describe, expect, it } from 'vitest';
import type { PassRequest } from './contract.ts';
import { type Approvals, type PipelineState, passApproval } from './pass-approval.ts';

const request: PassRequest = {
  do: 'pass',
  pipeline: 'orders',
  stage: 'Prod',
  action: 'Prod.Security',
  execution: 'run-2',
  unless: { permissions: 'no', stateful: 'no' },
};

interface Waiting {
  readonly execution?: string;
  readonly action?: string;
  readonly status?: string;
  readonly token?: string;
}

const state = ({
  execution = 'run-2',
  action = 'Prod.Security',
  status = 'InProgress',
  token = 'token-2',
}: Waiting = {}): PipelineState => ({
  stageStates: [
    { stageName: 'Beta', latestExecution: { pipelineExecutionId: 'run-2' } },
    {
      stageName: 'Prod',
      latestExecution: { pipelineExecutionId: execution },
      actionStates: [
        { actionName: 'Prod.Other', latestExecution: { status: 'InProgress', token: 'other' } },
        { actionName: action, latestExecution: { status, token } },
      ],
    },
  ],
});

/** A pipeline that goes through states, one at each look, and a clock that only waiting moves. */
function pipelineGoingThrough(states: readonly (PipelineState | Error)[], fails?: Error) {
  const approved: { token: string; summary: string }[] = [];
  let looks = 0;
  let time = 0;
  const approvals: Approvals = {
    async getPipelineState() {
      const next = states[Math.min(looks, states.length - 1)] ?? {};
      looks += 1;
      if (next instanceof Error) throw next;
      return next;
    },
    async approve(_request, token, summary) {
      if (fails) throw fails;
      approved.push({ token, summary });
    },
    now: () => time,
    async wait(milliseconds) {
      time += milliseconds;
    },
  };
  return { approvals, approved, looks: () => looks };
}

describe('passing an approval', () => {
  it('approves the one that waits, with the reason', async () => {
    const { approvals, approved } = pipelineGoingThrough([state()]);
    const { summary } = await passApproval(request, approvals, 60_000);
    expect(summary).toContain('no permission broadens, no stateful resource would be replaced or deleted');
    expect(approved).toEqual([{ token: 'token-2', summary }]);
  });

  it('looks until the approval has begun', async () => {
    const { approvals, approved, looks } = pipelineGoingThrough([
      {},
      state({ execution: 'run-1', token: 'token-1' }),
      state({ status: 'Succeeded', token: 'old' }),
      state(),
    ]);
    await passApproval(request, approvals, 60_000);
    expect(approved.map(({ token }) => token)).toEqual(['token-2']);
    expect(looks()).toBe(4);
  });

  it('looks again where a call failed', async () => {
    const { approvals, approved, looks } = pipelineGoingThrough([new Error('ThrottlingException'), state()]);
    await passApproval(request, approvals, 60_000);
    expect([approved.length, looks()]).toEqual([1, 2]);
  });

  it.each<[string, PassRequest['unless'], string]>([
    ['a concern', { changes: 'yes' }, 'the change sets hold changes'],
    ['one of two concerns', { permissions: 'no', stateful: 'yes' }, 'a stateful resource is at risk'],
    ['both', { permissions: 'yes', stateful: 'yes' }, 'permissions broaden, a stateful resource is at risk'],
    ['a variable that was not filled in', { changes: '#{x.Changes}' }, 'changes: #{x.Changes}'],
    ['an empty answer', { changes: '' }, 'changes'],
    ['no concern at all', {}, 'nothing says when to pass'],
  ])('leaves it to a person with %s, without looking', async (_title, unless, reason) => {
    const { approvals, approved, looks } = pipelineGoingThrough([state()]);
    const { summary } = await passApproval({ ...request, unless }, approvals, 60_000);
    expect(summary).toMatch(/^A person decides: /);
    expect(summary).toContain(reason);
    expect([approved, looks()]).toEqual([[], 0]);
  });

  it.each<[string, PipelineState]>([
    ['another execution', state({ execution: 'run-1' })],
    ['another action', state({ action: 'Prod.Else' })],
    ['one that was decided', state({ status: 'Succeeded' })],
  ])('never approves %s', async (_title, seen) => {
    const { approvals, approved } = pipelineGoingThrough([seen]);
    const { summary } = await passApproval(request, approvals, 60_000);
    expect(approved).toEqual([]);
    expect(summary).toContain('no approval was found waiting');
  });

  it.each<[string, Parameters<typeof pipelineGoingThrough>]>([
    ['the pipeline cannot be read', [[new Error('AccessDenied')]]],
    ['the approval cannot be given', [[state()], new Error('AccessDenied')]],
  ])('leaves it to a person when %s', async (_title, told) => {
    const { approvals, approved } = pipelineGoingThrough(...told);
    const { summary } = await passApproval(request, approvals, 60_000);
    expect(approved).toEqual([]);
    expect(summary).toMatch(/^A person decides, .*AccessDenied/);
  });
});
