/** A small plan, made by hand, with a node of every type. */
import type { Deployment, Pipeline, Plan, PlanNode, Step, Wave } from '@cdkpipe/core';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };
const none = { type: 'sequence', items: [] } as const;

const deployment = (name: string, env: Deployment['env'], path: string): Deployment => ({
  name,
  env,
  app: { from: 'stacks' },
  order: [],
  changes: none,
  approvals: none,
  prepare: 'auto',
  path,
});

const wave = (name: string, env: Deployment['env'], path: string): Wave => ({
  name,
  before: none,
  deployments: [deployment(name, env, `${path}.deployments[0]`)],
  path,
});

const pipeline: Pipeline = {
  name: 'orders',
  env: home,
  source: {
    type: 'connection',
    repository: 'acme/orders',
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1',
    fullClone: false,
    trigger: 'push',
  },
  additionalSources: [],
  build: {
    commands: ['npm ci', 'npx cdkpipe synth'],
    installCommands: [],
    env: {},
    privileged: false,
    rolePolicy: [],
    output: 'cdk.out',
    before: none,
    after: none,
  },
  waves: [wave('Beta', beta, 'waves[0]'), wave('Prod', prod, 'waves[1]')],
};

const step = (id: string, kind: string, position: Step['position'], runIn?: Step['runIn']): Step => ({
  id,
  name: id.slice(id.indexOf('/') + 1),
  kind,
  position,
  options: undefined,
  path: `steps.${id}`,
  ...(runIn && { runIn }),
});

const manual = '@cdkpipe/plugin-manual-approval';
const codebuild = '@cdkpipe/plugin-codebuild-approval';

const stackNode = (type: 'prepare' | 'execute', id: string, after: readonly string[]): PlanNode => {
  const [deployment = '', stack = ''] = id.split('/');
  const shared = { id: `${id}:${type}`, name: `${deployment}.${stack}.${type}`, group: deployment, after, deployment };
  const path = deployment === 'Beta' ? 'waves[0].deployments[0]' : 'waves[1].deployments[0]';
  const env = deployment === 'Beta' ? beta : prod;
  return type === 'prepare'
    ? { ...shared, type, stack, env, path }
    : { ...shared, type, stack, env, path, changeSet: true, outputs: [] };
};

const approve = (gate: Step, group: string, after: readonly string[], by: string, deployment?: string): PlanNode => ({
  type: 'approve',
  id: gate.id,
  name: gate.id.replace('/', '.'),
  group,
  after,
  step: gate,
  gate: gate.id,
  path: gate.path,
  contributedBy: by,
  ...(deployment !== undefined && { deployment }),
});

const review = step('Prod/ReviewChanges', 'manual', 'change');

export const ordersPlan: Plan = {
  pipeline,
  backend: 'codepipeline',
  groups: [
    { name: 'Source', type: 'source', path: 'source' },
    { name: 'Build', type: 'build', path: 'build' },
    { name: 'UpdatePipeline', type: 'update', path: '' },
    { name: 'Beta', type: 'wave', path: 'waves[0]' },
    { name: 'Prod', type: 'wave', path: 'waves[1]' },
  ],
  nodes: [
    {
      type: 'source',
      id: 'Source',
      name: 'Source',
      group: 'Source',
      after: [],
      path: 'source',
      source: pipeline.source,
    },
    {
      type: 'source',
      id: 'vendor/lib',
      name: 'vendor.lib',
      group: 'Source',
      after: [],
      path: 'additionalSources.vendor/lib',
      source: { type: 's3', bucket: 'acme-libs', key: 'lib.zip', trigger: 'none' },
      directory: 'vendor/lib',
    },
    {
      type: 'build',
      id: 'Build/Types',
      name: 'Types',
      group: 'Build',
      after: ['Source', 'vendor/lib'],
      path: 'build.before[0]',
      work: { role: 'step', step: step('Build/Types', 'codebuild', 'build', home) },
      contributedBy: codebuild,
    },
    {
      type: 'build',
      id: 'Build',
      name: 'Build',
      group: 'Build',
      after: ['Build/Types'],
      path: 'build',
      work: { role: 'main', build: pipeline.build },
    },
    { type: 'update', id: 'Update', name: 'Update', group: 'UpdatePipeline', after: ['Build'], path: '' },
    {
      type: 'publish',
      id: 'Beta:publish',
      name: 'Publish',
      group: 'Beta',
      after: ['Update'],
      path: 'waves[0]',
      env: beta,
      assets: [
        { manifest: 'Beta.assets.json', selector: 'abc:here', type: 'file' },
        { manifest: 'Beta.assets.json', selector: 'def:here', type: 'image' },
      ],
      manifests: ['Beta.assets.json'],
      docker: true,
      roleArns: [],
    },
    stackNode('execute', 'Beta/Network', ['Update']),
    stackNode('execute', 'Beta/Data', ['Beta:publish']),
    stackNode('execute', 'Beta/Api', ['Beta/Network:execute', 'Beta/Data:execute']),
    stackNode('execute', 'Beta/Alarms', ['Beta/Data:execute']),
    approve(
      step('Beta/Smoke', 'codebuild', 'approval', beta),
      'Beta',
      ['Beta/Api:execute', 'Beta/Alarms:execute'],
      codebuild,
      'Beta',
    ),
    approve(step('Prod/BetaIsHealthy', 'manual', 'wave'), 'Prod', ['Beta/Smoke'], manual),
    stackNode('prepare', 'Prod/Data', ['Prod/BetaIsHealthy']),
    stackNode('prepare', 'Prod/Api', ['Prod/BetaIsHealthy']),
    {
      type: 'review',
      id: review.id,
      name: 'Prod.ReviewChanges',
      group: 'Prod',
      after: ['Prod/Data:prepare', 'Prod/Api:prepare'],
      step: review,
      gate: review.id,
      path: review.path,
      deployment: 'Prod',
      stacks: ['Data', 'Api'],
      contributedBy: manual,
    },
    stackNode('execute', 'Prod/Data', [review.id]),
    stackNode('execute', 'Prod/Api', ['Prod/Data:execute']),
  ],
  notes: [{ about: 'Beta', text: 'no change sets, as asked for' }],
};
