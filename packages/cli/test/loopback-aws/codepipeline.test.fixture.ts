/** AWS CodePipeline, as far as functions of a pipeline call it: jobs of invoke actions, and approvals. */
import { AwsFault } from './fault.test.fixture.ts';
import type { Approval, JobResult } from './pipeline-run.test.fixture.ts';
import type { Handlers, Operation } from './world.test.fixture.ts';

export const codePipeline: Handlers = {
  PutJobSuccessResult: (operation) => {
    operation.authorize('codepipeline:PutJobSuccessResult', '*');
    const { executionDetails, continuationToken, outputVariables = {} } = operation.input as SuccessInput;
    checkLength('executionDetails.summary', executionDetails?.summary, 2048);
    checkLength('continuationToken', continuationToken, 2048);
    const misnamed = Object.keys(outputVariables).find((name) => !/^[A-Za-z0-9@_-]+$/.test(name));
    if (misnamed !== undefined) throw new AwsFault('ValidationException', `outputVariables: ${misnamed}`);
    const summary = executionDetails?.summary;
    return answer(operation, { status: 'Succeeded', summary, continuationToken, variables: outputVariables });
  },
  PutJobFailureResult: (operation) => {
    operation.authorize('codepipeline:PutJobFailureResult', '*');
    const { message } = operation.input.failureDetails as { message: string };
    checkLength('failureDetails.message', message, 5000);
    return answer(operation, { status: 'Failed', summary: message, variables: {} });
  },
  GetPipelineState: ({ world, account, region, input, authorize }) => {
    const name = String(input.name);
    authorize('codepipeline:GetPipelineState', `arn:aws:codepipeline:${region}:${account}:${name}`);
    if (!world.store.find('AWS::CodePipeline::Pipeline', name, { account, region }))
      throw new AwsFault('PipelineNotFoundException', `Account ${account} does not have a pipeline with name ${name}`);
    const waiting = world.approvals.filter(({ pipeline }) => pipeline === name);
    return {
      pipelineName: name,
      stageStates: waiting.map((approval) => ({
        stageName: approval.stage,
        latestExecution: { pipelineExecutionId: approval.execution, status: 'InProgress' },
        actionStates: actionStatesOf(approval),
      })),
    };
  },
  ListActionExecutions: ({ world, account, region, input, authorize }) => {
    const name = String(input.pipelineName);
    authorize('codepipeline:ListActionExecutions', `arn:aws:codepipeline:${region}:${account}:${name}`);
    const { pipelineExecutionId } = input.filter as { pipelineExecutionId?: string };
    const ofRun = world.approvals.filter(
      ({ pipeline, execution }) => pipeline === name && execution === pipelineExecutionId,
    );
    return {
      actionExecutionDetails: ofRun.flatMap(({ stage, execution, review }) =>
        review === undefined
          ? []
          : [
              {
                pipelineExecutionId: execution,
                stageName: stage,
                actionName: review.report,
                actionExecutionId: executionOf(review.report),
                status: 'Succeeded',
                output: { outputVariables: review.variables },
              },
            ],
      ),
    };
  },
  PutApprovalResult: ({ world, caller, account, region, input, authorize }) => {
    const { pipelineName, stageName, actionName, token, result } = input as unknown as ApprovalInput;
    authorize(
      'codepipeline:PutApprovalResult',
      `arn:aws:codepipeline:${region}:${account}:${pipelineName}/${stageName}/${actionName}`,
    );
    const found = world.approvals.find((approval) => approval.stage === stageName && approval.action === actionName);
    if (found?.token !== token) throw new AwsFault('InvalidApprovalTokenException', 'Invalid approval token');
    if (found.answer) throw new AwsFault('ApprovalAlreadyCompletedException', 'The approval was already completed');
    checkLength('result.summary', result.summary, 512);
    found.answer = { ...result, by: caller.arn };
    return { approvedAt: Date.now() / 1000 };
  },
};

const executionOf = (action: string) => `execution of ${action}`;

function actionStatesOf({ action, token, review, answer: given }: Approval) {
  const approval = {
    actionName: action,
    latestExecution: given ? { status: 'Succeeded' } : { status: 'InProgress', token },
  };
  if (review === undefined) return [approval];
  const { pass, report } = review;
  return [
    approval,
    { actionName: pass, latestExecution: { status: 'InProgress', actionExecutionId: executionOf(pass) } },
    { actionName: report, latestExecution: { status: 'Succeeded', actionExecutionId: executionOf(report) } },
  ];
}

interface SuccessInput {
  readonly executionDetails?: { readonly summary?: string };
  readonly continuationToken?: string;
  readonly outputVariables?: Readonly<Record<string, string>>;
}

interface ApprovalInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly actionName: string;
  readonly token: string;
  readonly result: { readonly status: string; readonly summary: string };
}

/** API Reference, length constraints of each operation. */
function checkLength(name: string, text: string | undefined, longest: number): void {
  if (text !== undefined && text.length > longest)
    throw new AwsFault('ValidationException', `${name} must have length less than or equal to ${longest}`);
}

/** A job is answered once: API Reference, `InvalidJobStateException`. */
function answer({ world, input }: Operation, result: JobResult) {
  const id = String(input.jobId);
  if (!world.jobs.has(id)) throw new AwsFault('JobNotFoundException', `no job ${id}`);
  if (world.jobs.get(id)) throw new AwsFault('InvalidJobStateException', `the job ${id} was already answered`);
  world.jobs.set(id, result);
  return {};
}
