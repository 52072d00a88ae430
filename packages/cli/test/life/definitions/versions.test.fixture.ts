/** Versions of one pipeline: the first, and others that add something which the deployed version knows nothing of. */

const version = (parts: { readonly waves: string; readonly more?: string }) => `
export default defineConfig({
  name: 'orders',
  env: home,
  plugins,
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [${parts.waves}],
  ${parts.more ?? ''}
});
`;

const first = "wave('Beta', [deploy('Beta', { env: home, stacks: app, approvals: [manual('Look')] })])";
const and = (wave: string) => version({ waves: `${first}, ${wave}` });

/** Each by what it adds to the first. */
export const versions: Readonly<Record<string, string>> = {
  'the first version': version({ waves: first }),
  'a region': and("wave('Us', [deploy('Us', { env: homeUs, stacks: app })])"),
  'an account': and("wave('Prod', [deploy('Prod', { env: prod, stacks: app })])"),
  'an account in another region': and("wave('Prod', [deploy('Prod', { env: prodUs, stacks: app })])"),
  'steps in a target': and(
    "wave('Prod', [deploy('Prod', { env: prod, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'], inputs: ['cdk.out'], runIn: 'target' }), lambda('Check', { handler: './check.ts', runIn: 'target' })] })])",
  ),
  'steps in another region': and(
    "wave('Us', [deploy('Us', { env: homeUs, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'], runIn: 'target' })] })])",
  ),
  'an image': and("wave('Prod', [deploy('Prod', { env: prod, stacks: appWithImage })])"),
  'reviews, a window and a bake': and(
    "wave('Prod', [deploy('Prod', { env: prod, stacks: app, changes: [securityReview('Security')], approvals: [bake('Bake', { minutes: 5, alarms: ['Errors'] })] })], { before: [window('Hours', { open: ['daily 09:00-16:00'], timeZone: 'UTC' })] })",
  ),
  'notices, an S3 log and a wait before updates': version({
    waves: first,
    more: "backends: { codepipeline: { update: { waitForIdle: 60 }, notifications: { onFailure: { emails: ['team@example.com'] } }, codeBuildDefaults: { all: { logging: { s3: { bucket: 'acme-logs' } } } } } },",
  }),
};
