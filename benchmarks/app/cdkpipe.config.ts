/** The pipeline as cdkpipe draws it; `bin/app.ts` is the same with CDK Pipelines. */
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { services } from './lib/services';
import { pipelineEnv, shape, waves } from './lib/shape';

const approvals = [
  codebuild('Smoke', {
    commands: ['curl --fail "$URL"'],
    env: { URL: output(`S${shape.stacks}`, 'Url') },
  }),
  manual('Continue', { comment: 'Go on?' }),
];

export default defineConfig({
  name: 'benchmark',
  env: pipelineEnv,
  plugins: [manualApproval, codebuildApproval],
  source: source.connection('acme/app', {
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789',
  }),
  // The quotas of newer accounts: the largest shape has close to 1,000 actions.
  backends: { codepipeline: { actionsPerStage: 100, actionsPerPipeline: 1_000 } },
  build: build({ commands: ['npm ci', 'npx cdkpipe synth'] }),
  waves: waves.map((deployments, index) =>
    wave(
      `Wave${index + 1}`,
      deployments.map(({ name, env }) =>
        deploy(name, {
          env,
          stacks: (stage) => {
            services(stage);
          },
          approvals: approvals.slice(0, shape.approvals),
          ...(shape.changeSets ? {} : { prepare: false }),
        }),
      ),
    ),
  ),
});
