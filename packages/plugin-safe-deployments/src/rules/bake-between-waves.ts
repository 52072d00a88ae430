/** After a production wave time passes before the next, so that what takes time to show has shown. */
import { defineRule, type Step } from '@cdkpipe/core';
import * as z from 'zod';
import { bake, beta, prodEu, prodUs } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { kindsSchema, stepsOfKinds } from '../pipeline/steps-of-kinds.ts';
import { handsOff, pageOf, safeStrategies } from '../sources.ts';

export const name = 'safe-deployments/bake-between-waves';

export const bakeBetweenWaves = defineRule({
  name,
  summary: 'Every production deployment bakes before the next wave begins.',
  severity: 'warning',
  reads: 'model',
  fix: 'add a bake to its approvals, such as bake("Bake", { minutes: 60 })',
  docs: pageOf('bake-between-waves'),
  // The article waits at least an hour after a one-box stage, and twelve after the first region.
  sources: [handsOff('Bake time'), safeStrategies],
  options: z.strictObject({
    production: productionSchema,
    minutes: z.int().min(1).default(60).describe('Minutes that a bake must last at least. By default 60.'),
    kinds: kindsSchema('wait; their option `minutes` says how long, and without one they count as long enough', 'bake'),
  }),
  examples: {
    good: [
      {
        title: 'An hour between the regions',
        waves: [
          beta,
          { name: 'OneBox', deployments: [prodEu({ approvals: bake() })] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
      { title: 'No wave follows', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'A kind of another plugin',
        options: { kinds: ['canaryAnalysis'] },
        waves: [
          { name: 'OneBox', deployments: [prodEu({ approvals: { kind: 'canaryAnalysis', name: 'Canary' } })] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
    ],
    bad: [
      {
        title: 'The next region at once',
        waves: [beta, { name: 'OneBox', deployments: [prodEu()] }, { name: 'Prod', deployments: [prodUs()] }],
      },
      {
        title: 'Too short',
        waves: [
          { name: 'OneBox', deployments: [prodEu({ approvals: bake({ minutes: 5 }) })] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
    ],
  },
  check: (pipeline, { options: { production, minutes, kinds } }) =>
    productionIn(pipeline, production, name)
      .filter(({ isLast }) => !isLast)
      .flatMap(({ deployments }) =>
        deployments.flatMap((deployment) => {
          const bakes = stepsOfKinds(deployment.approvals, kinds);
          const longest = Math.max(0, ...bakes.map(minutesOf));
          if (longest >= minutes) return [];
          const path = `${deployment.path}.approvals`;
          if (bakes.length === 0)
            return [{ message: `the next wave begins as soon as "${deployment.name}" is deployed`, path }];
          return [
            {
              message: `"${deployment.name}" bakes for ${longest} minutes, less than ${minutes}`,
              path: bakes[0]?.path ?? path,
              fix: `let it bake for ${minutes} minutes`,
            },
          ];
        }),
      ),
});

function minutesOf({ options }: Step): number {
  const { minutes } = (options ?? {}) as { readonly minutes?: unknown };
  return typeof minutes === 'number' ? minutes : Number.POSITIVE_INFINITY;
}
