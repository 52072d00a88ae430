/** Random answers of CloudFormation: a report that CodePipeline accepts, and a verification that passes for these change sets only. */
import type { ChangeSetReader, DescribedChangeSet } from '@cdkpipe/change-report';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Review } from './contract.ts';
import { reportReview, verifyReview } from './report-review.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const text = fc.oneof(
  fc.constantFrom(
    'AWS::IAM::Role',
    'AWS::S3::Bucket',
    'Statement',
    'Add',
    'Modify',
    'Remove',
    'True',
    '__proto__',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const change = fc.record({
  ResourceChange: maybe(
    fc.record({
      Action: maybe(text),
      LogicalResourceId: maybe(text),
      PhysicalResourceId: maybe(text),
      ResourceType: maybe(text),
      Replacement: maybe(text),
      PolicyAction: maybe(text),
      Details: maybe(
        fc.array(
          fc.record({
            Target: maybe(fc.record({ Attribute: maybe(text), Name: maybe(text), RequiresRecreation: maybe(text) })),
            ChangeSource: maybe(text),
            CausingEntity: maybe(text),
          }),
          { maxLength: 3 },
        ),
      ),
    }),
  ),
});
const page = fc.record({
  ChangeSetId: maybe(fc.constantFrom('arn:aws:cloudformation:eu-west-1:222222222222:changeSet/x/1', '')),
  StackId: maybe(text),
  Status: fc.oneof(
    { weight: 8, arbitrary: fc.constant('CREATE_COMPLETE') },
    { weight: 1, arbitrary: fc.constantFrom('FAILED', 'CREATE_PENDING', undefined) },
  ),
  StatusReason: maybe(fc.constantFrom("The submitted information didn't contain changes.", 'Access Denied')),
  ExecutionStatus: maybe(fc.constantFrom('AVAILABLE', 'UNAVAILABLE')),
  Changes: maybe(fc.array(change, { maxLength: 4 })),
});
const values = fc.object({ key: text, values: [text, fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 3 });
const template = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ Resources: fc.dictionary(text, fc.record({ Type: text, Properties: values })) }),
  },
  { weight: 1, arbitrary: values },
);
const written = fc.oneof(
  { weight: 8, arbitrary: template.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '- !Ref x', 'null', '[]')) },
);
const answers = fc.record({
  pages: fc.array(page, { minLength: 1, maxLength: 3 }),
  status: maybe(fc.constantFrom('CREATE_COMPLETE', 'REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE')),
  before: written,
  after: written,
});
type Answers = typeof answers extends fc.Arbitrary<infer T> ? T : never;

function readerOf({ pages, status, before, after }: Answers): ChangeSetReader {
  return {
    describeChangeSet: async ({ NextToken = '0' }) => {
      const at = Number(NextToken);
      const next = at + 1 < pages.length ? { NextToken: String(at + 1) } : {};
      return { ...pages[at], ...next } as DescribedChangeSet;
    },
    findStackStatus: async () => status,
    getTemplate: async ({ ChangeSetName }) => (ChangeSetName === undefined ? before : after),
  };
}

const stacks = ['Api', 'Data'].map((name) => ({
  name,
  region: 'eu-west-1',
  roleArn: 'arn:${AWS::Partition}:iam::1:role/r',
}));

test(
  'what is reported fits CodePipeline, is verified again, and is not verified when something else would be executed',
  async () => {
    let verified = 0;
    const property = fc.asyncProperty(answers, answers, fc.integer({ min: 0, max: 900 }), async (api, data, room) => {
      const review: Review = {
        changeSetName: 'orders',
        stacks,
        texts: { Summary: { about: 'summary', room }, Findings: { about: 'findings', room } },
      };
      const opening =
        (of: Answers) =>
        async ({ name }: { readonly name: string }) =>
          readerOf(name === 'Api' ? of : data);
      // CloudFormation may not have made a change set: then nothing is reported, and the action fails.
      const report = await reportReview(review, opening(api)).catch((error: Error) => {
        expect(error.message).toMatch(/^the change set of (Api|Data) is /);
      });
      if (report === undefined) return;
      const { variables = {}, summary } = report;
      expect(summary.length).toBeLessThanOrEqual(2048);
      expect(variables.Digest).toMatch(/^[0-9a-f]{64}$/);
      for (const name of ['Changes', 'Permissions', 'Stateful']) expect(variables[name]).toMatch(/^(yes|no)$/);
      for (const name of ['Summary', 'Findings']) expect(variables[name]?.length).toBeLessThanOrEqual(room);
      expect(JSON.stringify([summary, variables])).not.toMatch(/\\ud[89a-f]|\p{Surrogate}/iu);
      JSON.stringify(report.log);

      const digest = variables.Digest ?? '';
      await verifyReview(review, digest, opening(api));
      const other = { ResourceChange: { Action: 'Remove', LogicalResourceId: 'Added later', ResourceType: 'A::B::C' } };
      const later = {
        ...api,
        pages: api.pages.map((each) => ({ ...each, Changes: [...(each.Changes ?? []), other] })),
      };
      const isEmpty = api.pages[0]?.Status === 'FAILED';
      if (isEmpty) return;
      await expect(verifyReview(review, digest, opening(later as Answers))).rejects.toThrow(
        'not those that were reviewed',
      );
      verified += 1;
    });
    await fc.assert(property, limits);
    expect(verified).toBeGreaterThan(0);
  },
  seconds * 1000 + 30_000,
);
