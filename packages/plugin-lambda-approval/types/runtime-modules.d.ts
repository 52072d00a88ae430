/** Modules that exist only where the function runs, or only while it is bundled. */

declare module '@aws-sdk/client-codepipeline' {
  interface Command {
    readonly input: object;
  }
  export const PutJobSuccessResultCommand: new (input: {
    jobId: string;
    continuationToken?: string;
    executionDetails?: { summary: string };
  }) => Command;
  export const PutJobFailureResultCommand: new (input: {
    jobId: string;
    failureDetails: { type: 'JobFailed'; message: string };
  }) => Command;
  export class CodePipelineClient {
    constructor(config: { maxAttempts: number; retryMode: string });
    send(command: Command): Promise<unknown>;
  }
}

declare module 'cdkpipe:check' {
  const check: unknown;
  export default check;
}
