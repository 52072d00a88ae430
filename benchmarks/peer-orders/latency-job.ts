/** Runs the example's check as a CodePipeline job and reports how it went. */
import {
  CodePipelineClient,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { handler as check } from '../../examples/orders/checks/latency.ts';

interface Job {
  readonly id: string;
  readonly data: { readonly actionConfiguration: { readonly configuration: { readonly UserParameters: string } } };
}

const codePipeline = new CodePipelineClient();

export async function handler(event: { readonly 'CodePipeline.job': Job }): Promise<void> {
  const { id: jobId, data } = event['CodePipeline.job'];
  try {
    await check(JSON.parse(data.actionConfiguration.configuration.UserParameters));
    await codePipeline.send(new PutJobSuccessResultCommand({ jobId }));
  } catch (error) {
    const failureDetails = { type: 'JobFailed' as const, message: String(error) };
    await codePipeline.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
  }
}
