/** Production changes when somebody is there to help. */
import { defineRule } from '@cdkpipe/core';
import * as z from 'zod';
import { beta, officeHours, prodEu, prodUs } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { kindsSchema, unheldDeployments } from '../pipeline/steps-of-kinds.ts';
import { handsOff, pageOf, safeStrategies } from '../sources.ts';

export const name = 'safe-deployments/time-window';

export const timeWindow = defineRule({
  name,
  summary: 'Every production wave waits for a time window of its own.',
  severity: 'warning',
  reads: 'plan',
  fix: 'add a window to `before` of the wave, such as window("OfficeHours", { open: ["Mon-Thu 09:00-16:00"], timeZone: "Europe/Berlin" })',
  docs: pageOf('time-window'),
  sources: [handsOff('Alarm and time window blockers'), safeStrategies],
  options: z.strictObject({
    production: productionSchema,
    kinds: kindsSchema('wait for a time', 'window'),
  }),
  examples: {
    good: [
      {
        title: 'Each wave has a window',
        waves: [
          beta,
          { name: 'OneBox', before: officeHours, deployments: [prodEu()] },
          { name: 'Prod', before: officeHours, deployments: [prodUs()] },
        ],
      },
      {
        title: 'The deployment has a window between review and execution',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ changes: officeHours })] }],
      },
    ],
    bad: [
      { title: 'At any time', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'A window of an earlier wave, which may have closed since',
        waves: [
          beta,
          { name: 'OneBox', before: officeHours, deployments: [prodEu()] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
      {
        title: 'A window after the deployment',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ approvals: officeHours })] }],
      },
    ],
  },
  check: (plan, { options: { production, kinds } }) =>
    productionIn(plan.pipeline, production, name).flatMap(({ wave, deployments }) => {
      const names = deployments.map((deployment) => deployment.name);
      const unheld = unheldDeployments(plan, names, kinds, ({ group }) => group === wave.name);
      if (unheld.length === 0) return [];
      if (unheld.length === wave.deployments.length)
        return [{ message: `the wave "${wave.name}" deploys to production at any time`, path: wave.path }];
      return deployments
        .filter((deployment) => unheld.includes(deployment.name))
        .map((deployment) => ({
          message: `"${deployment.name}" is deployed to production at any time`,
          path: deployment.path,
        }));
    }),
});
