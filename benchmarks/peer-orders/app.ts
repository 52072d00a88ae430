/** `examples/orders` with CDK Pipelines: the same app, the same sources, waves and gates as its `cdkpipe.config.ts`. */
import { App, type CfnOutput, Duration, Stack, Stage } from 'aws-cdk-lib';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  CodeBuildStep,
  CodePipeline,
  CodePipelineSource,
  ConfirmPermissionsBroadening,
  ManualApprovalStep,
  ShellStep,
  Step,
} from 'aws-cdk-lib/pipelines';
import { type OrdersSettings, orders } from '../../examples/orders/lib/orders.ts';
import { LatencyStep } from './latency-step.ts';

const connectionArn = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789';
const production: OrdersSettings = { natGateways: 2, workers: { min: 2, max: 20 }, keepData: true };

const app = new App();
const stack = new Stack(app, 'orders', { env: { account: '111111111111', region: 'eu-west-1' } });
const source = CodePipelineSource.connection('acme/orders', 'main', { connectionArn });
const types = new CodeBuildStep('Types', { input: source, commands: ['npm ci', 'npm run check'] });
const synth = new ShellStep('Synth', {
  input: source,
  additionalInputs: {
    'vendor/catalogue': CodePipelineSource.s3(
      Bucket.fromBucketName(stack, 'Catalogue', 'acme-catalogue'),
      'catalogue.zip',
    ),
    'vendor/certificates': CodePipelineSource.connection('acme/certificates', 'main', { connectionArn }),
  },
  commands: [
    'npm ci',
    'cp vendor/catalogue/catalogue.json functions/',
    'cp vendor/certificates/*.crt image/certificates/',
    'npx cdk synth',
  ],
});
synth.addStepDependency(types);
const pipeline = new CodePipeline(stack, 'Pipeline', {
  pipelineName: 'orders',
  pipelineType: PipelineType.V2,
  crossAccountKeys: true,
  synth,
});

const beta = stage('Beta', '222222222222', 'eu-west-1', {
  natGateways: 1,
  workers: { min: 1, max: 2 },
  keepData: false,
});
pipeline.addWave('Beta').addStage(beta, { post: Step.sequence([smoke(beta), latency(beta, 1000)]) });

const prodEu = stage('ProdEu', '333333333333', 'eu-west-1', production);
pipeline.addWave('ProdEu').addStage(prodEu, {
  // The one step here that tells a person anything of what would change: whether permissions broaden.
  ...(process.env.PEER_REVIEW === 'told'
    ? { pre: [new ConfirmPermissionsBroadening('Permissions', { stage: prodEu })] }
    : {}),
  // A step between prepare and execute belongs to one stack here: one for each, to gate them all.
  stackSteps: prodEu.node.children
    .filter((child) => child instanceof Stack)
    .map((each) => ({ stack: each, changeSet: [new ManualApprovalStep('ReviewChanges')] })),
  post: [smoke(prodEu), latency(prodEu, 500)],
});

const prodUs = stage('ProdUs', '333333333333', 'us-east-1', production);
const checks = [smoke(prodUs), latency(prodUs, 500)];
const done = new ManualApprovalStep('Done', { comment: 'US is live.' });
for (const check of checks) done.addStepDependency(check);
pipeline
  .addWave('ProdUs', { pre: [new ManualApprovalStep('EuropeIsHealthy')] })
  .addStage(prodUs, { post: [...checks, done] });

app.synth();

function stage(name: string, account: string, region: string, settings: OrdersSettings): Stage {
  const made = new Stage(app, name, { env: { account, region } });
  orders(settings)(made);
  return made;
}

function url(of: Stage): CfnOutput {
  return of.node.findChild('Api').node.findChild('Url') as CfnOutput;
}

function smoke(of: Stage): Step {
  return new CodeBuildStep('Smoke', {
    input: source,
    commands: ['bash smoke.sh "$URL"'],
    envFromCfnOutputs: { URL: url(of) },
    timeout: Duration.minutes(15),
  });
}

function latency(of: Stage, limitMs: number): Step {
  return new LatencyStep('Latency', url(of), limitMs);
}
