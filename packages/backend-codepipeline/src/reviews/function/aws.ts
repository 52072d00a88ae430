/** Calls AWS with the SDK that Lambda's runtime brings along. */
import {
  CloudFormationClient,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CodePipelineClient,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  PutApprovalResultCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { ChangeSetReader } from '@cdkpipe/change-report';
import type { ReviewedStack } from './contract.ts';
import type { JobReports } from './job.ts';
import type { Publish } from './notify-of-decision.ts';
import type { Approvals } from './pass-approval.ts';

/** Several functions, and every other caller of the account, share what CodePipeline and CloudFormation answer a second. */
const retries = { maxAttempts: 8, retryMode: 'adaptive' };
const codePipeline = new CodePipelineClient(retries);

export const jobReports: JobReports = {
  succeed: (jobId, { summary, variables }) =>
    codePipeline.send(
      new PutJobSuccessResultCommand({
        jobId,
        executionDetails: { summary },
        ...(variables === undefined ? {} : { outputVariables: variables }),
      }),
    ),
  fail: (jobId, message) =>
    codePipeline.send(new PutJobFailureResultCommand({ jobId, failureDetails: { type: 'JobFailed', message } })),
};

export const approvals: Approvals = {
  getPipelineState: (name) => codePipeline.send(new GetPipelineStateCommand({ name })),
  async findVariables({ pipeline, execution, id }) {
    const request = { pipelineName: pipeline, filter: { pipelineExecutionId: execution }, maxResults: 100 };
    let nextToken: string | undefined;
    do {
      const page = await codePipeline.send(new ListActionExecutionsCommand({ ...request, nextToken }));
      const found = page.actionExecutionDetails?.find(({ actionExecutionId }) => actionExecutionId === id);
      if (found) return found.status === 'Succeeded' ? (found.output?.outputVariables ?? {}) : undefined;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return undefined;
  },
  approve: ({ pipeline, stage, action }, token, summary) =>
    codePipeline.send(
      new PutApprovalResultCommand({
        pipelineName: pipeline,
        stageName: stage,
        actionName: action,
        token,
        result: { status: 'Approved', summary },
      }),
    ),
  now: Date.now,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Loads the client only here, as most calls notify nobody. */
export const publish: Publish = async ({ topic, subject, messages }) => {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const [, , , region = ''] = topic.split(':');
  await new SNSClient({ ...retries, region }).send(
    new PublishCommand({
      TopicArn: topic,
      Subject: subject,
      Message: JSON.stringify(messages),
      MessageStructure: 'json',
    }),
  );
};

/** @param partition of AWS in which the function runs */
export async function openReader(stack: ReviewedStack, partition: string): Promise<ChangeSetReader> {
  const cloudFormation = new CloudFormationClient({
    ...retries,
    region: stack.region,
    credentials: await assume(stack.roleArn.replaceAll('${AWS::Partition}', partition), stack.externalId),
  });
  return {
    describeChangeSet: (input) => orNothing(cloudFormation.send(new DescribeChangeSetCommand(input))),
    async findStackStatus(name) {
      const found = await orNothing(cloudFormation.send(new DescribeStacksCommand({ StackName: name })));
      return found?.Stacks?.[0]?.StackStatus;
    },
    async getTemplate(input) {
      const { TemplateBody = '' } = await cloudFormation.send(
        new GetTemplateCommand({ ...input, TemplateStage: 'Processed' }),
      );
      return TemplateBody;
    },
  };
}

async function assume(RoleArn: string, ExternalId: string | undefined) {
  const sts = new STSClient(retries);
  const session = { RoleArn, RoleSessionName: 'cdkpipe-review', DurationSeconds: 900 };
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ ...session, ...(ExternalId === undefined ? {} : { ExternalId }) }),
  );
  if (!Credentials) throw new Error(`no credentials for ${RoleArn}`);
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** CloudFormation says that a change set or stack does not exist by an error. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing({ name, message }: Error): boolean {
  return name.startsWith('ChangeSetNotFound') || (name === 'ValidationError' && message.includes('does not exist'));
}
