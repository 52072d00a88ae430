/** The pipeline of the orders service: one build, a beta, then Europe, then the United States. */
import { build, defineConfig, deploy, output, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { orders } from './lib/orders.ts';

const connectionArn = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789';

const beta = { account: '222222222222', region: 'eu-west-1' };
const prodEu = { account: '333333333333', region: 'eu-west-1' };
const prodUs = { account: '333333333333', region: 'us-east-1' };

const url = output('Api', 'Url');

/** Places an order beside the app, where its network and limits are, and waits until it has shipped. */
const smoke = codebuild('Smoke', {
  commands: ['bash smoke.sh "$URL"'],
  env: { URL: url },
  timeout: 15,
  runIn: 'target',
});

/** Asks the API for an order a few times and refuses slow answers. */
const latency = (limitMs: number) =>
  lambda('Latency', { handler: './checks/latency.ts', payload: { url, limitMs }, timeout: 2, runIn: 'target' });

const production = orders({ natGateways: 2, workers: { min: 2, max: 20 }, keepData: true });

/** In a rehearsal there is no API: `node stand-in.mjs` stands in for it, and says where. */
const rehearsed = { Url: process.env.ORDERS_URL ?? 'http://127.0.0.1:8787' };

export default defineConfig({
  name: 'orders',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval, codebuildApproval, lambdaApproval],
  root: '.', // the example is a repository of its own, acme/orders, and here a directory of another one
  source: source.connection('acme/orders', { branch: 'main', connectionArn }),
  additionalSources: {
    'vendor/catalogue': source.s3('acme-catalogue', 'catalogue.zip'),
    'vendor/certificates': source.connection('acme/certificates', { branch: 'main', connectionArn }),
  },
  build: build({
    before: [codebuild('Types', { commands: ['npm ci', 'npm run check'] })],
    commands: [
      'npm ci',
      'cp vendor/catalogue/catalogue.json functions/',
      'cp vendor/certificates/*.crt image/certificates/',
      'npx cdkpipe synth',
    ],
  }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: orders({ natGateways: 1, workers: { min: 1, max: 2 }, keepData: false }),
        prepare: false,
        approvals: [smoke, latency(1000)],
      }),
    ]),
    wave('ProdEu', [
      deploy('ProdEu', {
        env: prodEu,
        stacks: production,
        changes: [manual('ReviewChanges', { comment: 'Read the change sets of Europe before they run.' })],
        approvals: [parallel(smoke, latency(500))],
      }),
    ]),
    wave(
      'ProdUs',
      [
        deploy('ProdUs', {
          env: prodUs,
          stacks: production,
          prepare: false,
          approvals: [parallel(smoke, latency(500)), manual('Done', { comment: 'US is live.', link: url })],
        }),
      ],
      { before: [manual('EuropeIsHealthy', { comment: 'Look at the dashboard of Europe first.', timeout: 2880 })] },
    ),
  ],
  rehearsal: { outputs: { 'Beta/Api': rehearsed, 'ProdEu/Api': rehearsed, 'ProdUs/Api': rehearsed } },
});
