/** A module that exists only where the function runs. */

declare module '@aws-sdk/client-codepipeline' {
  interface Command<Output> {
    readonly output?: Output;
  }
  interface StageState {
    readonly stageName?: string;
    readonly actionStates?: readonly {
      readonly actionName?: string;
      readonly latestExecution?: { readonly status?: string; readonly token?: string };
    }[];
  }
  export const GetPipelineStateCommand: new (input: {
    name: string;
  }) => Command<{
    readonly stageStates?: readonly StageState[];
  }>;
  export const PutApprovalResultCommand: new (input: {
    pipelineName: string;
    stageName: string;
    actionName: string;
    token: string;
    result: { status: 'Approved'; summary: string };
  }) => Command<unknown>;
  export class CodePipelineClient {
    constructor(config: { maxAttempts: number; retryMode: string });
    send<Output>(command: Command<Output>): Promise<Output>;
  }
}
