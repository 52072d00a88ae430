import { describe, expect, it } from 'vitest';
import type { Pass } from './contract.ts';
import { type ActionRun, type Approvals, type PipelineState, passApproval } from './pass-approval.ts';

const pass: Pass = {
  pipeline: 'orders',
  stage: 'Prod',
  action: 'Prod.Security',
  caller: 'Prod.Security@Pass',
  report: { stage: 'Prod', action: 'Prod@ReportChanges' },
  unless: ['permissions', 'stateful'],
};
const attempt = { pass, execution: 'run-2' };
const unconcerned = { Permissions: 'no', Stateful: 'no' };

interface Waiting {
  readonly execution?: string;
  readonly action?: string;
  readonly status?: string;
  readonly token?: string;
  readonly caller?: string;
  readonly report?: string;
}

const state = ({
  execution = 'run-2',
  action = 'Prod.Security',
  status = 'InProgress',
  token = 'token-2',
  caller = 'InProgress',
  report = 'Succeeded',
}: Waiting = {}): PipelineState => ({
  stageStates: [
    { stageName: 'Beta', latestExecution: { pipelineExecutionId: 'run-2' } },
    {
      stageName: 'Prod',
      latestExecution: { pipelineExecutionId: execution },
      actionStates: [
        { actionName: 'Prod.Other', latestExecution: { status: 'InProgress', token: 'other' } },
        { actionName: action, latestExecution: { status, token } },
        { actionName: 'Prod.Security@Pass', latestExecution: { status: caller } },
        { actionName: 'Prod@ReportChanges', latestExecution: { status: report, actionExecutionId: 'report-2' } },
      ],
    },
  ],
});

type Recorded = Readonly<Record<string, string>> | Error | undefined;

/** A pipeline that goes through states, one at each look, and a clock that only waiting moves. */
function pipelineGoingThrough(
  states: readonly (PipelineState | Error)[],
  { fails, recorded = [unconcerned] }: { fails?: Error; recorded?: readonly Recorded[] } = {},
) {
  const approved: { token: string; summary: string }[] = [];
  const asked: ActionRun[] = [];
  let looks = 0;
  let time = 0;
  const approvals: Approvals = {
    async getPipelineState() {
      const next = states[Math.min(looks, states.length - 1)] ?? {};
      looks += 1;
      if (next instanceof Error) throw next;
      return next;
    },
    async findVariables(run) {
      const next = recorded[Math.min(asked.length, recorded.length - 1)];
      asked.push(run);
      if (next instanceof Error) throw next;
      return next;
    },
    async approve(_pass, token, summary) {
      if (fails) throw fails;
      approved.push({ token, summary });
    },
    now: () => time,
    async wait(milliseconds) {
      time += milliseconds;
    },
  };
  return { approvals, approved, asked, looks: () => looks };
}

describe('passing an approval', () => {
  it('approves the one that waits, with the reason, as its report of this run says', async () => {
    const { approvals, approved, asked } = pipelineGoingThrough([state()]);
    const { summary } = await passApproval(attempt, approvals, 60_000);
    expect(summary).toContain('no permission broadens, no stateful resource would be replaced or deleted');
    expect(approved).toEqual([{ token: 'token-2', summary }]);
    expect(asked).toEqual([{ pipeline: 'orders', execution: 'run-2', id: 'report-2' }]);
  });

  it('looks until the approval has begun', async () => {
    const { approvals, approved, looks } = pipelineGoingThrough([
      {},
      state({ execution: 'run-1', token: 'token-1' }),
      state({ status: 'Succeeded', token: 'old' }),
      state(),
    ]);
    await passApproval(attempt, approvals, 60_000);
    expect(approved.map(({ token }) => token)).toEqual(['token-2']);
    expect(looks()).toBe(4);
  });

  it('looks again where a call failed, or the history does not hold the report yet', async () => {
    const { approvals, approved, looks } = pipelineGoingThrough([new Error('ThrottlingException'), state()], {
      recorded: [undefined, new Error('ThrottlingException'), unconcerned],
    });
    await passApproval(attempt, approvals, 60_000);
    expect([approved.length, looks()]).toEqual([1, 4]);
  });

  it.each<[string, Pass['unless'], Readonly<Record<string, string>>, string]>([
    ['a concern', ['changes'], { Changes: 'yes' }, 'the change sets hold changes'],
    ['one of two concerns', pass.unless, { Permissions: 'no', Stateful: 'yes' }, 'a stateful resource is at risk'],
    [
      'both',
      pass.unless,
      { Permissions: 'yes', Stateful: 'yes' },
      'permissions broaden, a stateful resource is at risk',
    ],
    ['an answer that is none', ['changes'], { Changes: '#{x.Changes}' }, 'changes: #{x.Changes}'],
    ['no answer', ['changes'], {}, 'changes: undefined'],
    ['no concern at all', [], unconcerned, 'nothing says when to pass'],
  ])('leaves it to a person with %s, whatever the event says', async (_title, unless, recorded, reason) => {
    const { approvals, approved } = pipelineGoingThrough([state()], { recorded: [recorded] });
    const { summary } = await passApproval({ ...attempt, pass: { ...pass, unless } }, approvals, 60_000);
    expect(summary).toMatch(/^A person decides: /);
    expect(summary).toContain(reason);
    expect(approved).toEqual([]);
  });

  it.each<[string, PipelineState]>([
    ['another execution', state({ execution: 'run-1' })],
    ['another action', state({ action: 'Prod.Else' })],
    ['one that was decided', state({ status: 'Succeeded' })],
    ['one whose report runs', state({ report: 'InProgress' })],
    ['one whose report failed', state({ report: 'Failed' })],
    ['one beside which the pipeline calls nothing', state({ caller: 'Succeeded' })],
  ])('never approves %s', async (_title, seen) => {
    const { approvals, approved } = pipelineGoingThrough([seen]);
    const { summary } = await passApproval(attempt, approvals, 60_000);
    expect(approved).toEqual([]);
    expect(summary).toContain('no approval was found waiting');
  });

  it.each<[string, Parameters<typeof pipelineGoingThrough>]>([
    ['the pipeline cannot be read', [[new Error('AccessDenied')]]],
    ['its history cannot be read', [[state()], { recorded: [new Error('AccessDenied')] }]],
    ['the approval cannot be given', [[state()], { fails: new Error('AccessDenied') }]],
  ])('leaves it to a person when %s', async (_title, told) => {
    const { approvals, approved } = pipelineGoingThrough(...told);
    const { summary } = await passApproval(attempt, approvals, 60_000);
    expect(approved).toEqual([]);
    expect(summary).toMatch(/^A person decides, .*AccessDenied/);
  });
});
