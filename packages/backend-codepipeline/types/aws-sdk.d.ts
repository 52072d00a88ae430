/** The AWS SDK as far as the review function uses it; it exists only in Lambda's runtime. */

declare module '@aws-sdk/client-cloudformation' {
  class Command<Output> {
    readonly input: object;
    protected readonly output: Output;
  }
  export class DescribeChangeSetCommand extends Command<import('@cdkpipe/change-report').DescribedChangeSet> {
    constructor(input: { StackName?: string; ChangeSetName: string; NextToken?: string });
  }
  export class DescribeStacksCommand extends Command<{ Stacks?: { StackStatus?: string }[] }> {
    constructor(input: { StackName: string });
  }
  export class GetTemplateCommand extends Command<{ TemplateBody?: string }> {
    constructor(input: { StackName: string; ChangeSetName?: string; TemplateStage: 'Processed' });
  }
  export class CloudFormationClient {
    constructor(config: { maxAttempts: number; region: string; credentials: object });
    send<Output>(command: Command<Output>): Promise<Output>;
  }
}

declare module '@aws-sdk/client-codepipeline' {
  class Command<Output> {
    readonly input: object;
    protected readonly output: Output;
  }
  export class GetPipelineStateCommand extends Command<
    import('../src/reviews/function/pass-approval.ts').PipelineState
  > {
    constructor(input: { name: string });
  }
  export class ListActionExecutionsCommand extends Command<{
    actionExecutionDetails?: {
      actionExecutionId?: string;
      status?: string;
      output?: { outputVariables?: Record<string, string> };
    }[];
    nextToken?: string;
  }> {
    constructor(input: {
      pipelineName: string;
      filter: { pipelineExecutionId: string };
      maxResults: number;
      nextToken?: string | undefined;
    });
  }
  export class PutApprovalResultCommand extends Command<unknown> {
    constructor(input: {
      pipelineName: string;
      stageName: string;
      actionName: string;
      token: string;
      result: { status: 'Approved'; summary: string };
    });
  }
  export class PutJobSuccessResultCommand extends Command<unknown> {
    constructor(input: {
      jobId: string;
      executionDetails: { summary: string };
      outputVariables?: Readonly<Record<string, string>>;
    });
  }
  export class PutJobFailureResultCommand extends Command<unknown> {
    constructor(input: { jobId: string; failureDetails: { type: 'JobFailed'; message: string } });
  }
  export class CodePipelineClient {
    constructor(config: { maxAttempts: number });
    send<Output>(command: Command<Output>): Promise<Output>;
  }
}

declare module '@aws-sdk/client-sts' {
  export interface AssumedRole {
    Credentials?: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }
  export class AssumeRoleCommand {
    constructor(input: { RoleArn: string; RoleSessionName: string; DurationSeconds: number });
    readonly input: object;
  }
  export class STSClient {
    constructor(config: { maxAttempts: number });
    send(command: AssumeRoleCommand): Promise<AssumedRole>;
  }
}
