/** Random events, clocks and states of a pipeline: a window approves its own action only, once, and only while it is open. */
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import type { WindowSettings } from './window-function.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const settings: WindowSettings = {
  pipeline: 'orders',
  stage: 'Prod',
  action: 'Before.Hours',
  schedule: {
    timeZone: 'UTC',
    open: [1, 2, 3, 4].map((day) => ({ day, from: 540, to: 960 })),
    closed: [{ first: '2026-12-24', last: '2027-01-02' }],
  },
};
vi.stubEnv('CDKPIPE_WINDOW', JSON.stringify(settings));
vi.stubEnv('AWS_REGION', 'eu-west-1');
const { send } = CodePipelineClient.prototype;
afterAll(() => {
  vi.unstubAllEnvs();
  CodePipelineClient.prototype.send = send;
});
const { handler } = await import('./window-function.ts');

/** Mostly what is right, so that all that it takes comes together often. */
const mostly = <T>(right: T, ...others: T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const state = fc.record({
  stageStates: mostly<'stages' | undefined>('stages', undefined),
  stageName: mostly<string | undefined>('Prod', 'Beta', 'constructor', undefined),
  actionName: mostly<string | undefined>('Before.Hours', 'Before.Other', undefined),
  status: mostly<string | undefined>('InProgress', 'Succeeded', 'Failed', undefined),
  token: mostly<string | undefined>('token-1', undefined),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

function answerOf({ stageStates, stageName, actionName, status, token }: State) {
  const other = { actionName: 'Before.Later', latestExecution: { status: 'InProgress', token: 'other' } };
  const actionStates = [other, { actionName, latestExecution: { status, token } }];
  return stageStates === undefined ? {} : { stageStates: [{ stageName, actionStates }] };
}

const event = fc.oneof(
  fc.constantFrom<unknown>({ source: 'aws.codepipeline' }, { source: 'aws.scheduler' }, {}, null, undefined),
  fc.anything({ withBigInt: true, withNullPrototype: true }),
);
const instant = fc.oneof(
  fc.date({ min: new Date('2026-11-23'), max: new Date('2027-01-10'), noInvalidDate: true }),
  fc.date({ min: new Date('1970-01-02'), max: new Date('2200-01-01'), noInvalidDate: true }),
);

/** Worked out another way than by the function: from the parts of the date in UTC. */
function isOpenAt(date: Date): boolean {
  const day = date.toISOString().slice(0, 10);
  const minutes = date.getUTCHours() * 60 + date.getUTCMinutes();
  const isClosed = day >= '2026-12-24' && day <= '2027-01-02';
  return !isClosed && [1, 2, 3, 4].includes(date.getUTCDay()) && minutes >= 540 && minutes < 960;
}

test(
  'an approval is given while the window is open, to the action that waits, and at most once',
  async () => {
    let given = 0;
    const fault = fc.option(fc.constantFrom('ApprovalAlreadyCompletedException', 'ThrottlingException'), { freq: 8 });
    const property = fc.asyncProperty(
      event,
      instant,
      fc.array(state, { minLength: 1, maxLength: 6 }),
      fault,
      async (sent, at, states, fault) => {
        const puts: unknown[] = [];
        let looks = 0;
        // Replaced by hand, as spies keep every call for ever.
        const { now } = Date;
        const { setTimeout } = globalThis;
        Date.now = () => at.getTime();
        globalThis.setTimeout = ((resume: () => void) => queueMicrotask(resume)) as never;
        CodePipelineClient.prototype.send = (async ({ input }: { readonly input: object }) => {
          if (!('token' in input)) return answerOf(states[Math.min(looks++, states.length - 1)] as State);
          puts.push(input);
          if (fault !== null) throw Object.assign(new Error('no'), { name: fault });
          return {};
        }) as never;
        const outcome = await handler(sent as { source?: unknown }).then(
          () => undefined,
          (error: Error) => error.name,
        );
        Object.assign(Date, { now });
        Object.assign(globalThis, { setTimeout });
        const waits = (each: State) =>
          each.stageStates !== undefined &&
          each.stageName === 'Prod' &&
          each.actionName === 'Before.Hours' &&
          each.status === 'InProgress' &&
          each.token !== undefined;
        const isAnnounced = (sent as { source?: unknown } | null)?.source === 'aws.codepipeline';
        const seen = Array.from(
          { length: isAnnounced ? 5 : 1 },
          (_, look) => states[Math.min(look, states.length - 1)],
        );
        const wanted = isOpenAt(at) && seen.some((each) => each !== undefined && waits(each));
        expect(puts).toEqual(
          wanted
            ? [
                {
                  pipelineName: 'orders',
                  stageName: 'Prod',
                  actionName: 'Before.Hours',
                  token: 'token-1',
                  result: { status: 'Approved', summary: 'the window is open' },
                },
              ]
            : [],
        );
        expect(outcome).toBe(wanted && fault === 'ThrottlingException' ? fault : undefined);
        expect(looks).toBeLessThanOrEqual(5);
        given += puts.length;
      },
    );
    await fc.assert(property, limits);
    expect(given).toBeGreaterThan(0);
  },
  seconds * 1000 + 30_000,
);
