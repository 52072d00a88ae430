/** Random events, states, answers and faults of a check: one report for each job, and never an approval by mistake. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { answerJob, type JobEvent } from './answer-job.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const userParameters = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => `|cdkpipe|${value}|cdkpipe|`),
  fc.constantFrom('|cdkpipe|#{Api.Url}|cdkpipe|', '|cdkpipe||cdkpipe|', '|cdkpipe|', ''),
  fc.string({ unit: 'binary' }),
  fc.constant(undefined),
);
const returned = fc.oneof(
  fc.constantFrom<unknown>(true, false, undefined, null, { approved: true }, { approved: 'true' }, { pending: true }),
  fc.record(
    { approved: fc.anything(), reason: fc.anything(), pending: fc.anything(), state: fc.anything() },
    { requiredKeys: [] },
  ),
  fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true }),
);

test(
  'each job gets one report that CodePipeline accepts, and passes only where the check let it',
  async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const property = fc.asyncProperty(
      userParameters,
      fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined }),
      returned,
      fc.boolean(),
      async (UserParameters, continuationToken, value, throws) => {
        const reports: { as: string; text: string | undefined }[] = [];
        let calls = 0;
        const check = () => {
          calls += 1;
          if (throws) throw value;
          return value;
        };
        const configuration = { ...(UserParameters !== undefined && { UserParameters }) };
        const job = {
          id: 'job',
          data: {
            actionConfiguration: { configuration },
            ...(continuationToken !== undefined && { continuationToken }),
          },
        };
        await answerJob(
          { 'CodePipeline.job': job } as JobEvent,
          { getRemainingTimeInMillis: () => 60_000 },
          {
            loadCheck: async () => check,
            template: '{"url":{"$ref":"output","at":0}}',
            reports: {
              succeed: async (_, text) => reports.push({ as: 'succeed', text }),
              callAgain: async (_, token, text) => {
                expect(token.length).toBeLessThanOrEqual(2048);
                reports.push({ as: 'callAgain', text });
              },
              fail: async (_, text) => reports.push({ as: 'fail', text }),
            },
          },
        );
        expect(reports).toHaveLength(1);
        const [{ as, text = '' } = { as: '' }] = reports;
        expect(text.length).toBeLessThanOrEqual(as === 'fail' ? 5000 : 2048);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        if (as === 'fail') expect(text).not.toBe('');
        const isRefusal =
          value === false ||
          (typeof value === 'object' && value !== null && 'approved' in value && value.approved !== true);
        if (calls === 0 || throws || isRefusal) expect(as).not.toBe('succeed');
      },
    );
    await fc.assert(property, limits);
  },
  seconds * 1000 + 30_000,
);
