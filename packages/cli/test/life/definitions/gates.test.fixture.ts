/** Definitions with every kind of gate, every place of a step, and every way to prepare and to roll back. */

/** All six kinds, people who are notified, notices. */
const everyGate = `
const topic = 'arn:aws:sns:eu-west-1:111111111111:approvers';
export default defineConfig({
  name: 'gates',
  env: home,
  plugins,
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: app,
        prepare: 'all',
        changes: [
          securityReview('Security', { permissions: true, stateful: true, comment: 'Look', emails: ['a@example.com'], timeout: 60 }),
          manual('Changes', { comment: 'Look', link: 'https://example.com', topic, passIfUnchanged: true, timeout: 60 }),
          securityReview('Topic', { topic }),
        ],
        approvals: [
          bake('Bake', { minutes: 30, alarms: ['Errors'], recovers: 10, runIn: 'target' }),
          bake('Wait', { minutes: 5 }),
          bake('There', { minutes: 5, alarms: ['Errors'], runIn: prod }),
          lambda('Check', { handler: './check.ts', payload: { url, level: 'x' }, timeout: 2, rolePolicy: [{ effect: 'Allow', actions: ['cloudwatch:GetMetricData'], resources: ['*'], acknowledge: 'metrics have no ARN' }] }),
          lambda('Calendar', { functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:change-calendar' }),
          parallel(manual('Look', { comment: ['At ', url], link: url, emails: ['b@example.com'] }), codebuild('Smoke', { commands: ['true'] })),
          window('Later', { open: ['daily 09:00-16:00'], timeZone: 'UTC', timeout: 600 }),
        ],
      }),
    ], { before: [window('Hours', { open: ['Mon-Fri 09:00-16:00'], timeZone: 'Europe/Berlin', closed: ['2026-12-24'] })] }),
  ],
  backends: {
    codepipeline: {
      notifications: {
        onFailure: { emails: ['team@example.com'] },
        onApproval: { emails: ['team@example.com'] },
        onSuccess: { topic },
      },
      update: { waitForIdle: 60 },
      executionMode: 'QUEUED',
      actionsPerStage: 100,
      actionsPerPipeline: 1000,
    },
  },
});
`;

/** Steps in targets, in a third account, in another region, and changes that are reviewed there. */
const everywhere = `
export default defineConfig({
  name: 'everywhere',
  env: home,
  plugins,
  source: source.connection('acme/orders', { connectionArn }),
  additionalSources: { 'vendor/lib': source.s3('acme-sources', 'lib.zip') },
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: app,
        changes: [codebuild('Policy', { commands: ['true'], inputs: ['cdk.out'], runIn: 'target' })],
        approvals: [
          codebuild('Smoke', { commands: ['true'], inputs: ['cdk.out', 'vendor/lib'], env: { URL: url, PASSWORD: secret('team/password'), LIMIT: parameter('team/limit') }, runIn: 'target', vpc }),
          lambda('Check', { handler: './check.ts', payload: { url }, runIn: 'target' }),
          lambda('Calendar', { functionArn: 'arn:aws:lambda:us-east-1:999999999999:function:change-calendar', runIn: { account: '999999999999', region: 'us-east-1' } }),
        ],
      }),
      deploy('Us', { env: homeUs, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'], inputs: ['cdk.out'], runIn: 'target' }), lambda('Check', { handler: './check.ts', runIn: 'target' })] }),
    ]),
    wave('Prod', [deploy('Prod', { env: prodUs, stacks: app, approvals: [bake('Bake', { minutes: 5, alarms: ['Errors'] })] })], {
      before: [lambda('Before', { handler: './check.ts', runIn: prod })],
    }),
  ],
  backends: { codepipeline: { organization: 'o-a1b2c3d4e5' } },
});
`;

/** Every mode of preparing, an order, rollbacks, and an assembly that something else has made. */
const everyMode = `
const made = new URL('./app.out', import.meta.url).pathname;
const other = new App({ outdir: made });
new CfnResource(new Stack(other, 'Other', { env: beta }), 'Topic', { type: 'AWS::SNS::Topic' });
other.synth();
const loose = (stage) => {
  for (const id of ['A', 'B', 'C']) new CfnResource(new Stack(stage, id), 'Topic', { type: 'AWS::SNS::Topic' });
};
export default defineConfig({
  name: 'modes',
  constructPath: 'Old',
  updateWeakReferences: true,
  env: home,
  plugins,
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('First', [deploy('Each', { env: beta, stacks: app, prepare: 'each', updateWeakReferences: false, changes: [manual('Look')] })], { rollback: 'auto' }),
    wave('Second', [
      deploy('None', { env: prod, stacks: loose, order: [['A', 'B']], prepare: false, rollback: 'auto', approvals: [codebuild('Smoke', { commands: ['true'], env: { COMMIT: source.attribute('commitMessage') } })] }),
    ]),
    wave('Third', [deploy('Made', { env: beta, assembly: './app.out', prepare: 'all' }), deploy('Home', { env: home, stacks: app, constructPath: 'Older/Still', stageProps: { stageName: 'Home' } })], { rollback: 'auto', before: [manual('May')] }),
  ],
});
`;

/** All in the account of the pipeline, in one region: no key of its own. */
const alone = `
export default defineConfig({
  name: 'alone',
  env: home,
  plugins,
  source: source.s3('acme-sources', 'orders.zip', { trigger: 'poll' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('All', [
      deploy('All', { env: home, stacks: app, changes: [manual('Look', { passIfUnchanged: true })], approvals: [codebuild('Smoke', { commands: ['true'], inputs: ['cdk.out'] }), lambda('Check', { handler: './check.ts' })] }),
    ]),
  ],
});
`;

export const gateDefinitions = { everyGate, everywhere, everyMode, alone };
