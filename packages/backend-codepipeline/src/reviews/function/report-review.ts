/** Reads the change sets of a review and says what they would do. */
import {
  type ChangeReport,
  type ChangeSet,
  type ChangeSetReader,
  digestOf,
  findingsText,
  readChangeSets,
  reportChanges,
  summaryText,
} from '@cdkpipe/change-report';
import type { ReviewConcern } from '../../contract/reviewed-changes.ts';
import { concernVariables, digestVariable, type Review, type ReviewedStack } from './contract.ts';
import type { JobResult } from './job.ts';

/** Calls CloudFormation where a stack is, as a role that may read it. */
export type OpenReader = (stack: ReviewedStack) => Promise<ChangeSetReader>;

/** CodePipeline keeps 2,048 characters of it. */
const historyRoom = 2_000;

/** Sets the variables that approvals show and that the passing and the verification depend on. */
export async function reportReview(review: Review, open: OpenReader): Promise<JobResult> {
  const report = reportChanges(await readAll(review, open));
  const texts = { summary: summaryText, findings: findingsText };
  return {
    summary: summaryText(report, historyRoom),
    log: report,
    variables: {
      [digestVariable]: report.digest,
      ...Object.fromEntries(
        Object.entries(concernVariables).map(([concern, variable]) => [
          variable,
          isOfConcern(report, concern as ReviewConcern) ? 'yes' : 'no',
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(review.texts).map(([variable, { about, room }]) => [variable, texts[about](report, room)]),
      ),
    },
  };
}

/** @throws Error where what would be executed is not what was reviewed */
export async function verifyReview(review: Review, digest: string, open: OpenReader): Promise<JobResult> {
  const found = digestOf(await readAll(review, open));
  if (found !== digest)
    throw new Error(
      `the change sets are not those that were reviewed (sha256 ${found} instead of ${digest}): nothing was executed; start the pipeline anew`,
    );
  return { summary: `The change sets are those that were reviewed: sha256 ${found}` };
}

function isOfConcern(report: ChangeReport, concern: ReviewConcern): boolean {
  return concern === 'changes' ? !report.isUnchanged : report.findings.some((finding) => finding.concern === concern);
}

async function readAll({ stacks, changeSetName }: Review, open: OpenReader): Promise<ChangeSet[]> {
  const read = stacks.map(async (stack) => {
    const name = { StackName: stack.name, ChangeSetName: changeSetName };
    return readChangeSets(await open(stack), name, stack.name);
  });
  return (await Promise.all(read)).flat();
}
