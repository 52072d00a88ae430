/** Sends a command of the AWS SDK for a task, in a run that really deploys. */
import { refused } from '@cdkpipe/core';
import type { AwsClient, AwsCommand } from '../contract/renderer.ts';
import type { RunMode } from '../journal/run-event.ts';
import { awsInRehearsal } from '../problems/problems.ts';

/** @throws CdkpipeError `AWS_IN_REHEARSAL`; what the client throws */
export async function askAws<Output>(
  client: AwsClient,
  command: AwsCommand<Output>,
  { mode, signal }: { readonly mode: RunMode; readonly signal: AbortSignal },
): Promise<Output> {
  if (mode === 'rehearsal') throw refused([awsInRehearsal(command.constructor.name)]);
  const send = client.send.bind(client) as (command: unknown, options: unknown) => Promise<Output>;
  return send(command, { abortSignal: signal });
}
