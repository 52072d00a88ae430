/** A person, or a review of what would change, decides before production changes. */
import { defineRule } from '@cdkpipe/core';
import * as z from 'zod';
import { beta, prodEu, prodUs, review } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { kindsSchema, unheldDeployments } from '../pipeline/steps-of-kinds.ts';
import { handsOff, pageOf, unsuccessfulChanges } from '../sources.ts';

export const name = 'safe-deployments/review-before-production';

export const reviewBeforeProduction = defineRule({
  name,
  summary: 'A person or a security review decides before anything in production changes.',
  severity: 'warning',
  reads: 'plan',
  fix: 'add a gate to `before` of the first production wave, or a review to `changes` of the deployment',
  docs: pageOf('review-before-production'),
  // Amazon reviews the code before it is merged; a pipeline cannot see that, so teams that do so turn the rule off.
  sources: [handsOff('Code review'), unsuccessfulChanges],
  options: z.strictObject({
    production: productionSchema,
    kinds: kindsSchema('decide; a kind that is expressed by one of them counts, too', 'manual', 'securityReview'),
  }),
  examples: {
    good: [
      {
        title: 'A person opens the first production wave',
        waves: [
          beta,
          { name: 'OneBox', before: review, deployments: [prodEu()] },
          { name: 'Prod', deployments: [prodUs()] },
        ],
      },
      {
        title: 'Change sets are reviewed',
        waves: [
          beta,
          {
            name: 'Prod',
            deployments: [prodEu({ changes: { kind: 'securityReview', name: 'Review' } }), prodUs({ changes: review })],
          },
        ],
      },
      {
        title: 'A person decides after the tests in Beta',
        waves: [
          { name: 'Beta', deployments: [{ name: 'Beta', approvals: review }] },
          { name: 'Prod', deployments: [prodEu()] },
        ],
      },
    ],
    bad: [
      { title: 'Nobody is asked', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'One of two is reviewed',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ changes: review }), prodUs()] }],
      },
      {
        title: 'Asked when it is over',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ approvals: review })] }],
      },
      {
        title: 'A check, but nobody who decides',
        waves: [
          { name: 'Beta', deployments: [{ name: 'Beta', approvals: { kind: 'codebuild', name: 'Smoke' } }] },
          { name: 'Prod', deployments: [prodEu()] },
        ],
      },
    ],
  },
  check: (plan, { options: { production, kinds } }) => {
    const deployments = productionIn(plan.pipeline, production, name).flatMap((wave) => wave.deployments);
    const unheld = unheldDeployments(
      plan,
      deployments.map((deployment) => deployment.name),
      kinds,
    );
    return deployments
      .filter((deployment) => unheld.includes(deployment.name))
      .map((deployment) => ({
        message: `"${deployment.name}" is changed without a decision of a person or a review`,
        path: deployment.path,
      }));
  },
});
