/** The rendered pipeline as an `IPipeline`, for what the CDK offers on its own `Pipeline` class. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnPipeline, IPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { CdkModules } from '../aws/modules.ts';
import type { Rendered } from '../options/options.ts';

/** What an author may change. The construct of the view is made when it is read, so that nobody else has it in the tree. */
export function withImportedPipeline(cdk: CdkModules, stack: Stack, pipeline: CfnPipeline): Rendered {
  let imported: IPipeline | undefined;
  return {
    stack,
    pipeline,
    get imported() {
      // By reference, so that CloudFormation makes what refers to it after the pipeline.
      const pipelineArn = stack.formatArn({ service: 'codepipeline', resource: pipeline.ref });
      imported ??= cdk.codepipeline.Pipeline.fromPipelineArn(stack, 'ImportedPipeline', pipelineArn);
      return imported;
    },
  };
}
