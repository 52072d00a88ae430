/** What Lambda calls: one function reads and verifies change sets, another may pass approvals. */
import { readFileSync } from 'node:fs';
import { approvals, jobReports, openReader, publish } from './aws.ts';
import { type Pass, type Passes, passesFile, type Review, type Reviews, reviewsFile } from './contract.ts';
import { answerJob, type JobEvent } from './job.ts';
import { notifyOfDecision } from './notify-of-decision.ts';
import { passApproval } from './pass-approval.ts';
import { reportReview, verifyReview } from './report-review.ts';

interface LambdaContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** Left for the answer, in milliseconds. */
const margin = 20_000;

export function review(event: JobEvent, context: LambdaContext): Promise<void> {
  const [, partition = 'aws'] = context.invokedFunctionArn.split(':');
  return answerJob(event, jobReports, async (request) => {
    if (request.do === 'report') return reportReview(getReview(request.of), (stack) => openReader(stack, partition));
    if (request.do === 'verify')
      return verifyReview(getReview(request.of), request.digest, (stack) => openReader(stack, partition));
    throw new Error(`this function does not ${request.do}`);
  });
}

export function pass(event: JobEvent, context: LambdaContext): Promise<void> {
  return answerJob(event, jobReports, async (request) => {
    if (request.do !== 'pass') throw new Error(`this function does not ${request.do}`);
    const attempt = { pass: getPass(request.of), execution: request.execution };
    const result = await passApproval(attempt, approvals, context.getRemainingTimeInMillis() - margin);
    if (request.topic !== undefined) await notifyOfDecision({ ...attempt, topic: request.topic }, result, publish);
    return result;
  });
}

function getReview(name: string): Review {
  const found = findIn(readBeside<Reviews>(reviewsFile), name);
  if (!found) throw new Error(`there is nothing to review that is called ${name}`);
  return found;
}

function getPass(name: string): Pass {
  const found = findIn(readBeside<Passes>(passesFile), name);
  if (!found) throw new Error(`there is no approval to pass that is called ${name}`);
  return found;
}

function readBeside<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;
}

/** The name comes from an event: one such as `constructor` must find nothing. */
function findIn<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
