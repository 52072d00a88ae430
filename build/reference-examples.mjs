/**
 * Real values of the types that hooks, rules and renderers meet: what the taps of one pipeline are given, by the phases of cdkpipe
 * itself. Needs built packages.
 */
import { inspect } from 'node:util';
import { definePlugin, hookNames, isGate, output, parallel, source, stepsOf, variable } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { tap } from '@cdkpipe/testkit';

const target = { account: '222222222222', region: 'eu-west-1' };
const pipeline = {
  name: 'orders',
  plugins: [manualApproval, codebuildApproval],
  source: source.connection('acme/orders', {
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-0000-4000-8000-000000000000',
    triggers: { push: [{ branches: { include: ['main'] }, paths: { exclude: ['docs/**'] } }] },
  }),
  additionalSources: {
    'vendor/lib': source.s3('acme-libs', 'lib.zip'),
    'vendor/ui': source.github('acme/ui', { branch: 'main' }),
    'vendor/old': source.codeCommit('old'),
    'images/base': source.ecr('base'),
  },
  variables: { Level: { default: 'smoke', description: 'Which tests run.' } },
  build: {
    commands: ['npm ci', 'npx cdkpipe synth'],
    env: { LEVEL: variable('Level'), COMMIT: source.attribute('commitId') },
    before: [codebuild('Lint', { commands: ['npm ci', 'npm run lint'] })],
    privileged: true,
    vpc: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      securityGroupIds: ['sg-0123456789abcdef0'],
    },
    fileSystems: [{ identifier: 'CACHE', fileSystemId: 'fs-0123456789abcdef0', mountPoint: '/cache' }],
    logging: { cloudWatch: { retention: 90 } },
    buildSpec: { reports: { unit: { files: ['report/*.xml'] } } },
    rolePolicy: [{ effect: 'Allow', actions: ['ssm:GetParameter'], resources: ['arn:aws:ssm:*:*:parameter/orders/*'] }],
  },
  update: { before: manual('ReviewUpdate') },
  waves: [
    {
      name: 'Beta',
      deployments: [
        {
          name: 'Beta',
          env: target,
          approvals: [
            parallel(
              codebuild('Smoke', { commands: ['./smoke.sh "$URL"'], env: { URL: output('Orders', 'Url') } }),
              manual('Look', { comment: 'Is all well?' }),
            ),
          ],
        },
      ],
    },
    {
      name: 'Prod',
      before: manual('Go'),
      rollback: 'auto',
      deployments: [
        { name: 'Prod', env: { account: '333333333333', region: 'eu-west-1' }, changes: manual('ReviewChanges') },
      ],
    },
  ],
};

/** By the name of the type; a type whose values are functions has none. */
export async function readExamples() {
  const inputs = {};
  for (const hook of hookNames) inputs[hook] = await inputsOf(hook);
  const [local] = await inputsOf('plan', 'local');
  const [definition] = inputs.config;
  const [model] = inputs.model;
  const [assembly] = inputs.assembly;
  const [plan] = inputs.plan;
  const [beta, prod] = model.waves;
  const [smoke] = beta.deployments[0].approvals.items[0].items;
  const typed = (type, { nodes } = plan) => nodes.find((node) => node.type === type);
  const run = inputs.runStart[0];
  const asked = inputs.actionEnd.find(({ node }) => isGate(node)) ?? inputs.actionEnd[0];
  const values = {
    DefinitionBody: definition,
    WaveDefinition: definition.waves[1],
    DeploymentDefinition: definition.waves[0].deployments[0],
    StepDefinition: definition.update.before,
    ParallelDefinition: definition.waves[0].deployments[0].approvals[0],
    UpdateDefinition: definition.update,
    VariableDefinition: definition.variables.Level,
    BuildDefinition: definition.build,
    Pipeline: model,
    Wave: prod,
    Deployment: beta.deployments[0],
    Environment: model.env,
    ConnectionSource: model.source,
    SourceTriggers: model.source.triggers,
    PushFilter: model.source.triggers?.push?.[0],
    Patterns: model.source.triggers?.push?.[0]?.branches,
    S3Source: model.additionalSources[0].source,
    GitHubSource: model.additionalSources[1].source,
    CodeCommitSource: model.additionalSources[2].source,
    EcrSource: model.additionalSources[3].source,
    BuildVpc: model.build.vpc,
    BuildFileSystem: model.build.fileSystems?.[0],
    BuildLogging: model.build.logging,
    PartialBuildSpec: model.build.buildSpec,
    BuildReport: model.build.buildSpec?.reports?.unit,
    StackAsset: assembly.deployments[0].stacks[0].assets[0],
    HookedQuestion: inputs.actionStart.find(({ question }) => question)?.question,
    HookedAnswer: inputs.actionEnd.flatMap(({ answers = [] }) => answers)[0],
    AdditionalSource: model.additionalSources[0],
    PipelineVariable: model.variables[0],
    Build: model.build,
    PolicyStatement: model.build.rolePolicy[0],
    Workflow: beta.deployments[0].approvals,
    Step: smoke.step,
    StepOf: stepsOf(prod.deployments[0].changes)[0],
    OutputReference: output('Orders', 'Url'),
    SourceReference: model.build.env.COMMIT,
    VariableReference: model.build.env.LEVEL,
    Assembly: assembly,
    AssembledDeployment: assembly.deployments[0],
    AssembledStack: assembly.deployments[0].stacks[0],
    Plan: plan,
    PlanGroup: plan.groups.at(-1),
    PlanNote: [...plan.notes, ...local.notes][0],
    SourceNode: typed('source'),
    BuildNode: typed('build'),
    UpdateNode: typed('update'),
    PublishNode: typed('publish') ?? typed('publish', local),
    PublishedAsset: (typed('publish') ?? typed('publish', local))?.assets[0],
    PrepareNode: typed('prepare'),
    ReviewNode: typed('review'),
    ExecuteNode: typed('execute'),
    ApproveNode: typed('approve'),
    RenderEvent: inputs.render.find(({ node }) => node?.id === 'Beta/Look'),
    ActionDeclaration: inputs.render.find(({ node }) => node?.id === 'Beta/Look')?.action,
    EmitEvent: inputs.emit[0],
    RunStartEvent: run,
    HookedRun: run.run,
    ActionStartEvent: inputs.actionStart[0],
    ActionEndEvent: asked,
    RunEndEvent: inputs.runEnd[0],
  };
  return new Map(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, shown(value)]])),
  );
}

async function inputsOf(hook, backend = 'codepipeline') {
  const watching = definePlugin({ name: 'watching', api: 1, hooks: { [hook]: () => undefined } });
  const { calls } = await tap(watching, hook, pipeline, { backend });
  return calls.map(({ input }) => input);
}

/** What is nested deeper has an example of its own; what differs each time is replaced. */
function shown(value) {
  return inspect(value, { depth: 2, compact: 3, breakLength: 110, maxArrayLength: 12, sorted: false })
    .replaceAll(/\[Object\]|\[Object: null prototype\] ?(?=\{)/g, (text) => (text === '[Object]' ? '{ … }' : ''))
    .replaceAll('[Array]', '[ … ]')
    .replaceAll(/'[^'\n]*\/cdkpipe-[a-z]+-[A-Za-z0-9]{6}/g, "'/home/you/orders")
    .replaceAll(/\.cdkpipe-new-\d+-[0-9a-f]+/g, '.cdkpipe-new')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '0a1b2c3d')
    .replaceAll(/\b\d{8}-\d{6}-[0-9a-f]{4}\b/g, '20260302-093000-0a1b')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-03-02T09:30:00.000Z');
}
