/** The first wave of production is small, so that a bad change meets few customers. */
import { defineRule } from '@cdkpipe/core';
import * as z from 'zod';
import { beta, prodEu, prodUs } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { handsOff, pageOf, safeStrategies, smallChanges } from '../sources.ts';

export const name = 'safe-deployments/one-box-first';

export const oneBoxFirst = defineRule({
  name,
  summary: 'The first production wave deploys to one place only, before all others.',
  severity: 'warning',
  reads: 'model',
  fix: 'move all but one of them to later waves',
  docs: pageOf('one-box-first'),
  sources: [handsOff('One-box and rolling deployments'), safeStrategies, smallChanges],
  options: z.strictObject({
    production: productionSchema,
    most: z.int().min(1).default(1).describe('Deployments that the first production wave may have. By default 1.'),
  }),
  examples: {
    good: [
      {
        title: 'One region, then the other',
        waves: [beta, { name: 'OneBox', deployments: [prodEu()] }, { name: 'Prod', deployments: [prodUs()] }],
      },
      { title: 'There is only one', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'Two are few enough',
        options: { most: 2 },
        waves: [beta, { name: 'Prod', deployments: [prodEu(), prodUs()] }],
      },
      {
        title: 'The wave is no production',
        options: { production: { deployments: ['ProdUs'] } },
        waves: [
          { name: 'Test', deployments: [{ name: 'One' }, { name: 'Two' }] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
    ],
    bad: [
      { title: 'Both regions at once', waves: [beta, { name: 'Prod', deployments: [prodEu(), prodUs()] }] },
      {
        title: 'By account',
        options: { production: { accounts: ['333333333333'] } },
        waves: [{ name: 'Live', deployments: [prodEu(), prodUs()] }],
      },
    ],
  },
  check: (pipeline, { options: { production, most } }) => {
    const [first] = productionIn(pipeline, production, name);
    if (first === undefined || first.deployments.length <= most) return [];
    const { wave, deployments } = first;
    const names = deployments.map((deployment) => `"${deployment.name}"`).join(', ');
    return [
      {
        message: `the first production wave "${wave.name}" has ${deployments.length} deployments at once: ${names}`,
        path: wave.path,
        fix: most === 1 ? 'move all but one of them to later waves' : `move all but ${most} of them to later waves`,
      },
    ];
  },
});
