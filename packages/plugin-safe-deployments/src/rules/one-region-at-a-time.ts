/** Regions fail apart from each other only where they are changed apart from each other. */
import { type Deployment, defineRule, type Plan } from '@cdkpipe/core';
import * as z from 'zod';
import { beta, prodEu, prodUs } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { handsOff, pageOf, safeStrategies } from '../sources.ts';

export const name = 'safe-deployments/one-region-at-a-time';

export const oneRegionAtATime = defineRule({
  name,
  summary: 'A production wave does not change two regions of one service.',
  severity: 'warning',
  reads: 'plan',
  fix: 'deploy the regions in waves that follow each other',
  docs: pageOf('one-region-at-a-time'),
  sources: [handsOff('Production deployments, Staggered deployments'), safeStrategies],
  options: z.strictObject({
    production: productionSchema,
    most: z
      .int()
      .min(1)
      .default(1)
      .describe('Regions of one service that a wave may change, for waves that grow with confidence. By default 1.'),
  }),
  examples: {
    good: [
      {
        title: 'A wave for each region',
        waves: [beta, { name: 'ProdEu', deployments: [prodEu()] }, { name: 'ProdUs', deployments: [prodUs()] }],
      },
      {
        title: 'Two services',
        waves: [
          beta,
          { name: 'Prod', deployments: [prodEu({ stackIds: ['Orders'] }), prodUs({ stackIds: ['Billing'] })] },
        ],
      },
      {
        title: 'Two regions, as the definition says',
        options: { most: 2 },
        waves: [beta, { name: 'Prod', deployments: [prodEu(), prodUs()] }],
      },
      {
        title: 'Both regions of a test environment',
        waves: [
          {
            name: 'Beta',
            deployments: [
              { name: 'BetaEu' },
              { name: 'BetaUs', env: { account: '222222222222', region: 'us-east-1' } },
            ],
          },
          { name: 'Prod', deployments: [prodEu()] },
        ],
      },
    ],
    bad: [
      { title: 'Both regions at once', waves: [beta, { name: 'Prod', deployments: [prodEu(), prodUs()] }] },
      {
        title: 'One stack in common',
        waves: [
          {
            name: 'Prod',
            deployments: [prodEu({ stackIds: ['Orders', 'Eu'] }), prodUs({ stackIds: ['Orders', 'Us'] })],
          },
        ],
      },
    ],
  },
  check: (plan, { options: { production, most } }) =>
    productionIn(plan.pipeline, production, name).flatMap(({ wave, deployments }) =>
      servicesOf(plan, deployments)
        .map((service) => [...new Set(service.map(({ env }) => env.region))])
        .filter((regions) => regions.length > most)
        .map((regions) => ({
          message: `the wave "${wave.name}" changes ${regions.length} regions of one service: ${regions.join(', ')}`,
          path: wave.path,
        })),
    ),
});

/** Deployments that have a stack in common, by the ID of its construct, are copies of one service. */
function servicesOf({ nodes }: Plan, deployments: readonly Deployment[]): Deployment[][] {
  const stacksOf = (name: string) =>
    nodes.flatMap((node) => (node.type === 'execute' && node.deployment === name ? [node.stack] : []));
  const services: { stacks: Set<string>; deployments: Deployment[] }[] = [];
  for (const deployment of deployments) {
    const stacks = stacksOf(deployment.name);
    const same = services.filter((service) => stacks.some((stack) => service.stacks.has(stack)));
    const merged = {
      stacks: new Set([...same.flatMap((service) => [...service.stacks]), ...stacks]),
      deployments: [...same.flatMap((service) => service.deployments), deployment],
    };
    services.splice(0, services.length, ...services.filter((service) => !same.includes(service)), merged);
  }
  return services.map((service) => service.deployments);
}
