/** Definitions whose builds, or steps that run commands, use every setting. */

/** A build with everything, on a clone of CodeCommit. */
const everythingInTheBuild = `
const phase = { 'runtime-versions': { java: 21 }, 'run-as': 'root', 'on-failure': 'ABORT', finally: ['true'] };
export default defineConfig({
  name: 'orders',
  env: home,
  plugins,
  source: source.codeCommit('orders', { branch: 'trunk', fullClone: true, trigger: 'event' }),
  additionalSources: {
    'vendor/lib': source.s3('acme-sources', 'lib.zip'),
    'images/base': source.ecr('base', { tag: 'stable' }),
  },
  variables: { level: { default: 'info', description: 'How much is logged' } },
  build: build({
    script: 'ci/build.sh',
    commands: ['npx cdkpipe synth'],
    installCommands: ['npm ci'],
    env: { COMMIT: source.attribute('commitId'), TEXT: 'x' },
    exports: ['VERSION'],
    image: { name: '222222222222.dkr.ecr.us-east-1.amazonaws.com/tools/node:22', architecture: 'arm64' },
    computeType: 'large',
    privileged: true,
    cache: { type: 's3', bucket: 'acme-cache', prefix: 'orders', paths: ['/root/.npm/**/*'] },
    vpc,
    fileSystems: [{ identifier: 'shared', fileSystemId: 'fs-12345678', directory: '/a', mountPoint: '/mnt', mountOptions: 'nfsvers=4.1' }],
    logging: { cloudWatch: { group: '/acme/builds' }, s3: { bucket: 'acme-logs', prefix: 'orders', encrypted: true } },
    buildSpec: {
      version: 0.2,
      'run-as': 'root',
      env: {
        shell: 'bash',
        variables: { A: 'b' },
        'parameter-store': { LIMIT: '/team/limit' },
        'secrets-manager': { TOKEN: 'team/token:key' },
        'git-credential-helper': 'yes',
      },
      proxy: { 'upload-artifacts': 'yes', logs: 'yes' },
      phases: {
        install: { ...phase, commands: ['true'] },
        pre_build: { ...phase, commands: ['true'] },
        build: phase,
        post_build: { ...phase, commands: ['true'] },
      },
      reports: { units: { files: ['report.xml'], 'base-directory': 'out', 'discard-paths': 'yes', 'file-format': 'JUNITXML' } },
      artifacts: { 'exclude-paths': ['x'], 'enable-symlinks': 'yes' },
      cache: { key: 'k', 'fallback-keys': ['l'], action: 'restore', paths: ['/x'] },
    },
    timeout: 120,
    rolePolicy: [{ effect: 'Allow', actions: ['ssm:DescribeParameters'], resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
    output: 'out/cdk',
    before: [codebuild('Types', { commands: ['true'], exports: ['COUNT'], output: 'dist/types' })],
    after: [codebuild('Scan', { commands: ['true'], inputs: ['out/cdk'], env: { LEVEL: variable('level'), TYPES: exported('Types', 'COUNT') } })],
  }),
  update: { before: [manual('MayUpdate')] },
  waves: [wave('Beta', [deploy('Beta', { env: home, stacks: appWithImage })])],
  root: '.',
  rehearsal: { outputs: { 'Beta/Data': { Url: 'http://localhost' } }, against: 'deployed' },
});
`;

/** Steps with everything that runs commands, here and in a target. */
const everythingInSteps = `
const settings = {
  commands: ['true'],
  installCommands: ['true'],
  image: { name: 'registry.acme.com/scan:1', secret: 'team/reader' },
  computeType: 'small',
  privileged: true,
  cache: { type: 'local', modes: ['source', 'docker', 'custom'], paths: ['/x'] },
  vpc,
  fileSystems: [{ identifier: 'shared', fileSystemId: 'fs-12345678', mountPoint: '/mnt' }],
  logging: { cloudWatch: { retention: 30 }, s3: { bucket: 'acme-logs', encrypted: false } },
  buildSpec: { reports: { units: { files: ['report.xml'] } } },
  timeout: 30,
  rolePolicy: [
    { effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['*'] },
    { effect: 'Allow', actions: ['ssm:DescribeParameters'], resources: ['*'], acknowledge: 'names only' },
  ],
};
export default defineConfig({
  name: 'steps',
  env: home,
  plugins,
  source: source.connection('acme/orders', { connectionArn, fullClone: true, trigger: 'none', branch: 'main' }),
  additionalSources: { 'vendor/lib': source.s3('acme-sources', 'lib.zip') },
  variables: { level: { default: 'info' } },
  build: build({ commands: ['npx cdkpipe synth'], before: [codebuild('Lib', { commands: ['true'], output: { from: 'dist', to: 'vendor/dist' }, exports: ['VERSION'] })] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: app,
        approvals: [
          codebuild('Here', { ...settings, inputs: ['cdk.out', 'vendor/lib'], env: { COMMIT: source.attribute('commitId'), TOKEN: secret('team/token', { field: 'key' }), LIMIT: parameter('/team/limit') } }),
          codebuild('Values', { commands: ['true'], env: { URL: url, LEVEL: variable('level'), VERSION: exported('Lib', 'VERSION') } }),
          codebuild('There', { commands: ['true'], inputs: ['vendor/lib'], env: { URL: url, TOKEN: secret('team/token'), MESSAGE: source.attribute('commitMessage') }, runIn: 'pipeline' }),
        ],
      }),
    ], { before: [codebuild('Ready', { commands: ['true'], runIn: homeUs, logging: { cloudWatch: false } })] }),
  ],
});
`;

/** Defaults of every layer, credentials of registries, publishers of each asset. */
const defaultsOfLayers = `
const env = { TEXT: 'x', TOKEN: { type: 'SECRETS_MANAGER', value: 'team/token' }, LIMIT: { type: 'PARAMETER_STORE', value: '/team/limit' } };
const topic = 'arn:aws:sns:eu-west-1:111111111111:approvers';
const rolePolicy = [{ effect: 'Allow', actions: ['ssm:DescribeParameters'], resources: ['*'], acknowledge: 'names only' }];
const layer = {
  computeType: 'medium',
  vpc,
  logging: { cloudWatch: { retention: 7 } },
  timeout: 60,
  buildSpec: { phases: { pre_build: { commands: ['true'] } } },
  env,
  rolePolicy,
};
export default defineConfig({
  name: 'layers',
  env: home,
  plugins,
  source: source.s3('acme-encrypted', 'orders.zip', { trigger: 'event', encryptionKey: 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', { env: beta, stacks: appWithImage, approvals: [codebuild('Smoke', { commands: ['true'], runIn: 'pipeline' })] }),
      deploy('Prod', { env: prod, stacks: appWithImage }),
    ]),
  ],
  backends: {
    codepipeline: {
      codeBuildDefaults: {
        all: { ...layer, privileged: false, image: 'aws/codebuild/standard:7.0', cache: { type: 's3', bucket: 'acme-cache' } },
        build: { privileged: true, image: 'aws/codebuild/standard:7.0', ...layer },
        steps: { ...layer, privileged: true, fileSystems: [{ identifier: 'shared', fileSystemId: 'fs-12345678', mountPoint: '/mnt' }] },
        assets: { ...layer, cache: { type: 'local', modes: ['source'] } },
        selfUpdate: { ...layer, privileged: true },
      },
      assets: { publish: 'each', concurrency: 8 },
      notifications: { onFailure: { topic }, onApproval: { topic }, onSuccess: { emails: ['team@example.com'] } },
      dockerCredentials: [
        { type: 'dockerHub', secret: 'team/docker-hub', usernameField: 'user', passwordField: 'pass', usages: ['build', 'assets'] },
        { type: 'registry', domain: 'registry.acme.com', secret: 'team/registry', assumeRole: 'arn:aws:iam::111111111111:role/docker', usages: ['selfUpdate'] },
        { type: 'registry', domain: 'other.acme.com', secret: 'team/other', usernameField: 'user', passwordField: 'pass' },
        { type: 'ecr', repositories: ['222222222222.dkr.ecr.us-east-1.amazonaws.com/base'], usages: ['assets'] },
        { type: 'ecr', repositories: ['222222222222.dkr.ecr.eu-west-1.amazonaws.com/base'], assumeRole: 'arn:aws:iam::111111111111:role/docker', usages: ['assets'] },
        { type: 'dockerHub', secret: 'team/docker-hub', assumeRole: 'arn:aws:iam::111111111111:role/docker', usages: ['selfUpdate'] },
      ],
    },
  },
});
`;

export const buildDefinitions = { everythingInTheBuild, everythingInSteps, defaultsOfLayers };
