/** The pipeline as CDK Pipelines draws it; `cdkpipe.config.ts` is the same with cdkpipe. */
import { App, type CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildStep,
  CodePipeline,
  CodePipelineSource,
  ManualApprovalStep,
  ShellStep,
  Step,
} from 'aws-cdk-lib/pipelines';
import { services } from '../lib/services';
import { pipelineEnv, shape, waves } from '../lib/shape';

const app = new App();
const stack = new Stack(app, 'benchmark', { env: pipelineEnv });
const pipeline = new CodePipeline(stack, 'Pipeline', {
  pipelineName: 'benchmark',
  pipelineType: PipelineType.V2,
  crossAccountKeys: true,
  selfMutation: true,
  useChangeSets: shape.changeSets,
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('acme/app', 'main', {
      connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789',
    }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});

for (const [index, deployments] of waves.entries()) {
  const wave = pipeline.addWave(`Wave${index + 1}`);
  for (const { name, env } of deployments) {
    const stage = new Stage(app, name, { env });
    const url = services(stage).node.findChild('Url') as CfnOutput;
    wave.addStage(stage, { post: approvals(url).slice(0, shape.approvals) });
  }
}
app.synth();

function approvals(url: CfnOutput): Step[] {
  return Step.sequence([
    new CodeBuildStep('Smoke', { commands: ['curl --fail "$URL"'], envFromCfnOutputs: { URL: url } }),
    new ManualApprovalStep('Continue', { comment: 'Go on?' }),
  ]);
}
