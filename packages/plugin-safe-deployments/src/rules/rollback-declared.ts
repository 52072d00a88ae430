/** A production deployment that fails goes back by itself. */
import { defineRule } from '@cdkpipe/core';
import * as z from 'zod';
import { beta, prodEu, prodUs } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { automatedRollback, handsOff, pageOf, unsuccessfulChanges } from '../sources.ts';

export const name = 'safe-deployments/rollback-declared';

export const rollbackDeclared = defineRule({
  name,
  summary: 'Every production deployment rolls back when it fails.',
  severity: 'warning',
  reads: 'model',
  fix: "add `rollback: 'auto'` to the wave",
  docs: pageOf('rollback-declared'),
  sources: [handsOff('Metrics monitoring and auto-rollback'), unsuccessfulChanges, automatedRollback],
  options: z.strictObject({ production: productionSchema }),
  examples: {
    good: [
      {
        title: 'The wave rolls back',
        waves: [beta, { name: 'Prod', rollback: 'auto', deployments: [prodEu(), prodUs()] }],
      },
      {
        title: 'Each deployment rolls back',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ rollback: 'auto' })] }],
      },
    ],
    bad: [
      { title: 'Nothing is said', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'Only the test environment rolls back',
        waves: [
          { ...beta, rollback: 'auto' },
          { name: 'Prod', deployments: [prodEu()] },
        ],
      },
    ],
  },
  check: (pipeline, { options: { production } }) =>
    productionIn(pipeline, production, name).flatMap(({ wave, deployments }) =>
      wave.rollback
        ? []
        : deployments
            .filter(({ rollback }) => !rollback)
            .map((deployment) => ({
              message: `"${deployment.name}" stays as it is when it fails`,
              path: deployment.path,
            })),
    ),
});
