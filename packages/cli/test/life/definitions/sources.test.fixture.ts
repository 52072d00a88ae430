/** Definitions with the other sources, and with what exists already. */

/** A token of GitHub's, and no update of the pipeline by itself. */
const gitHub = `
export default defineConfig({
  name: 'hub',
  env: home,
  plugins,
  source: source.github('acme/orders', { branch: 'main', tokenSecret: 'github-token', trigger: 'webhook' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: home, stacks: app })])],
  backends: { codepipeline: { selfUpdate: false, accessLogs: false } },
});
`;

/** Filters of a connection. */
const filters = `
const branches = { include: ['main'], exclude: ['x'] };
const paths = { include: ['app/**'], exclude: ['docs/**'] };
export default defineConfig({
  name: 'filters',
  env: home,
  plugins,
  source: source.connection('acme/orders', {
    connectionArn: 'arn:aws:codestar-connections:eu-west-1:111111111111:connection/1',
    triggers: {
      push: [{ branches, paths }, { tags: { include: ['v*'], exclude: ['v0*'] } }],
      pullRequests: [{ events: ['opened'], branches, paths }],
    },
  }),
  additionalSources: { config: source.codeCommit('config') },
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Prod', [deploy('Prod', { env: prodUs, stacks: app })])],
});
`;

/** An image that is pushed. */
const image = `
export default defineConfig({
  name: 'image',
  env: home,
  plugins,
  source: source.ecr('base', { trigger: 'event' }),
  additionalSources: { hub: source.github('acme/lib') },
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: homeUs, stacks: app })])],
});
`;

/** Roles and artifact stores that exist; a pipeline that the author makes. */
const existing = `
export default defineConfig({
  name: 'existing',
  env: home,
  plugins,
  source: source.codeCommit('orders', { eventRole: 'arn:aws:iam::111111111111:role/starter' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Prod', [deploy('Prod', { env: prod, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'] })] }), deploy('Us', { env: prodUs, stacks: app })])],
  backends: {
    codepipeline: {
      existing: {
        pipelineRole: 'arn:aws:iam::111111111111:role/pipeline',
        projectRoles: {
          build: 'arn:aws:iam::111111111111:role/build',
          steps: 'arn:aws:iam::111111111111:role/steps',
          assets: 'arn:aws:iam::111111111111:role/assets',
          selfUpdate: 'arn:aws:iam::111111111111:role/update',
        },
        artifacts: {
          'us-east-1': { bucket: 'acme-artifacts-us', key: 'arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d' },
        },
      },
      pipeline: ({ stack, properties }) => new CfnPipeline(stack, 'Pipeline', properties),
      customize: ({ pipeline }) => void pipeline.addPropertyOverride('DisableInboundStageTransitions', []),
    },
  },
});
`;

/** Only the artifact store exists, so the roles that are made must name its bucket and key. */
const existingStore = `
export default defineConfig({
  name: 'store',
  env: home,
  plugins,
  source: source.codeCommit('orders', { trigger: 'poll' }),
  build: build({ commands: ['npx cdkpipe synth'], cache: { type: 's3', bucket: 'acme-cache' } }),
  waves: [wave('Beta', [deploy('Beta', { env: home, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'] })] })])],
  backends: {
    codepipeline: {
      existing: { artifacts: { 'eu-west-1': { bucket: 'acme-artifacts', key: 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d' } } },
    },
  },
});
`;

export const sourceDefinitions = { gitHub, filters, image, existing, existingStore };
