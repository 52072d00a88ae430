/** A step of CDK Pipelines that invokes a function, which CDK Pipelines itself has no step for. */
import { join } from 'node:path';
import { type CfnOutput, Duration } from 'aws-cdk-lib';
import type { IStage } from 'aws-cdk-lib/aws-codepipeline';
import { LambdaInvokeAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import {
  type CodePipelineActionFactoryResult,
  type ICodePipelineActionFactory,
  type ProduceActionOptions,
  StackOutputReference,
  Step,
} from 'aws-cdk-lib/pipelines';

export class LatencyStep extends Step implements ICodePipelineActionFactory {
  readonly #url: StackOutputReference;
  readonly #limitMs: number;

  constructor(id: string, url: CfnOutput, limitMs: number) {
    super(id);
    this.#url = StackOutputReference.fromCfnOutput(url);
    this.#limitMs = limitMs;
  }

  override get consumedStackOutputs(): StackOutputReference[] {
    return [this.#url];
  }

  produceAction(stage: IStage, options: ProduceActionOptions): CodePipelineActionFactoryResult {
    const lambda = new NodejsFunction(options.scope, 'Function', {
      entry: join(import.meta.dirname, 'latency-job.ts'),
      runtime: Runtime.NODEJS_22_X,
      timeout: Duration.minutes(2),
    });
    stage.addAction(
      new LambdaInvokeAction({
        actionName: options.actionName,
        runOrder: options.runOrder,
        lambda,
        userParameters: { url: options.stackOutputsMap.toCodePipeline(this.#url), limitMs: this.#limitMs },
      }),
    );
    return { runOrdersConsumed: 1 };
  }
}
