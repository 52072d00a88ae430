/** Random events and states of a pipeline: an approval passes only where CodePipeline itself says all that it takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pass } from './contract.ts';
import { answerJob, type JobEvent } from './job.ts';
import { passApproval } from './pass-approval.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };
const hangs = seconds * 1000 + 30_000;

const pass: Pass = {
  pipeline: 'orders',
  stage: 'Prod',
  action: 'Look',
  caller: 'Look@Pass',
  report: { stage: 'Prod', action: 'Report' },
  unless: ['permissions', 'stateful'],
};

/** Mostly what is right, so that all that it takes comes together often. */
const mostly = <T>(right: T, ...others: T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const execution = fc.record({
  actionExecutionId: mostly<string | undefined>('report-1', 'report-0', undefined, '__proto__'),
  status: mostly<string | undefined>('InProgress', 'Succeeded', 'Failed', 'Abandoned', undefined),
  token: mostly<string | undefined>('token-1', undefined),
});
const done = execution.map((each) => ({ ...each, status: each.status === 'InProgress' ? 'Succeeded' : each.status }));
const action = (name: string, latest: typeof execution) =>
  fc.record({
    actionName: mostly<string | undefined>(name, 'Look', 'constructor', undefined),
    latestExecution: fc.option(latest, { nil: undefined, freq: 20 }),
  });
const state = fc.record({
  stageStates: fc.array(
    fc.record({
      stageName: mostly<string | undefined>('Prod', 'Beta', undefined),
      latestExecution: mostly<object | undefined>(
        { pipelineExecutionId: 'run-1' },
        { pipelineExecutionId: 'run-0' },
        {},
      ),
      actionStates: fc
        .tuple(action('Look', execution), action('Look@Pass', execution), action('Report', done))
        .chain((actions) => fc.shuffledSubarray(actions, { minLength: 2 })),
    }),
    { maxLength: 2 },
  ),
});
const answer = mostly<string | undefined>('no', 'yes', 'No', 'no ', '', undefined);
const variables = fc.option(fc.record({ Permissions: answer, Stateful: answer, Changes: answer }), { nil: undefined });

test(
  'an approval passes by nothing but the state and the report of its own run',
  async () => {
    let passed = 0;
    const property = fc.asyncProperty(state, variables, async (told, recorded) => {
      const tokens: string[] = [];
      let now = 0;
      const asked: { execution: string; id: string }[] = [];
      await passApproval(
        { pass, execution: 'run-1' },
        {
          getPipelineState: async () => told as never,
          findVariables: async (run) => {
            asked.push(run);
            return recorded as never;
          },
          approve: async (_, token) => tokens.push(token),
          now: () => now,
          wait: async () => {
            now += 1e6;
          },
        },
        1000,
      );
      // Looked up the other way round: all actions of this run in this stage.
      const stage = told.stageStates.find(
        ({ stageName, latestExecution }) =>
          stageName === 'Prod' &&
          (latestExecution as { pipelineExecutionId?: string })?.pipelineExecutionId === 'run-1',
      );
      const find = (name: string) => stage?.actionStates.find(({ actionName }) => actionName === name)?.latestExecution;
      const may =
        find('Look')?.status === 'InProgress' &&
        find('Look')?.token !== undefined &&
        find('Look@Pass')?.status === 'InProgress' &&
        find('Report')?.status === 'Succeeded' &&
        find('Report')?.actionExecutionId !== undefined &&
        recorded?.Permissions === 'no' &&
        recorded.Stateful === 'no';
      expect(tokens).toEqual(may ? [find('Look')?.token] : []);
      for (const run of asked) expect(run).toMatchObject({ execution: 'run-1', id: find('Report')?.actionExecutionId });
      passed += tokens.length;
    });
    await fc.assert(property, limits);
    expect(passed).toBeGreaterThan(0);
  },
  hangs,
);

const parameters = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom('', 'null', '[]', '{"do":"pass"}', '{"do":{"__proto__":1}}', '{"do":"verify","of":"constructor"}'),
  fc.anything(),
);
const thrown = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => new Error(text)),
  fc.string({ unit: 'binary', minLength: 3990, maxLength: 4010 }).map((text) => new Error(text)),
  fc.anything({ withNullPrototype: false }).filter((value) => typeof value !== 'object' || value === null),
);

test(
  'each job gets one answer that CodePipeline accepts, whatever is in its event',
  async () => {
    const property = fc.asyncProperty(parameters, thrown, async (UserParameters, fault) => {
      const answers: (string | undefined)[] = [];
      const event = {
        'CodePipeline.job': { id: 'job-1', data: { actionConfiguration: { configuration: { UserParameters } } } },
      };
      const reports = {
        succeed: async () => answers.push(undefined),
        fail: async (_: string, message: string) => answers.push(message),
      };
      await answerJob(event as JobEvent, reports, () => Promise.reject(fault));
      expect(answers).toHaveLength(1);
      expect(answers[0]?.length).toBeGreaterThan(0);
      expect(answers[0]?.length).toBeLessThanOrEqual(5000);
      expect(answers[0]).not.toMatch(/\p{Surrogate}/u);
    });
    await fc.assert(property, limits);
  },
  hangs,
);
