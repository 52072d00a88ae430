/** Somebody notices when a production deployment does harm: alarms that stop the pipeline. */
import { defineRule, type Step } from '@cdkpipe/core';
import * as z from 'zod';
import { bake, beta, prodEu } from '../examples.ts';
import { productionIn, productionSchema } from '../pipeline/production.ts';
import { kindsSchema, stepsOfKinds } from '../pipeline/steps-of-kinds.ts';
import { automatedRollback, handsOff, pageOf } from '../sources.ts';

export const name = 'safe-deployments/alarms-watched';

const alarms = ['ProdEu-Orders-Api-5xx'];

export const alarmsWatched = defineRule({
  name,
  summary: 'Alarms are watched after every production deployment.',
  severity: 'warning',
  reads: 'model',
  fix: 'name the alarms in a bake, such as bake("Bake", { minutes: 60, alarms: ["ProdEu-Orders-Api-5xx"] })',
  docs: pageOf('alarms-watched'),
  sources: [handsOff('Metrics monitoring and auto-rollback'), automatedRollback],
  options: z.strictObject({
    production: productionSchema,
    kinds: kindsSchema('watch alarms; those of an option `alarms` must not be empty', 'bake'),
  }),
  examples: {
    good: [
      {
        title: 'The bake watches an alarm',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ approvals: bake({ minutes: 60, alarms }) })] }],
      },
      {
        title: 'A check of another plugin watches',
        options: { kinds: ['datadogMonitors'] },
        waves: [{ name: 'Prod', deployments: [prodEu({ approvals: { kind: 'datadogMonitors', name: 'Watch' } })] }],
      },
    ],
    bad: [
      { title: 'Nothing is watched', waves: [beta, { name: 'Prod', deployments: [prodEu()] }] },
      {
        title: 'Time passes, and nobody looks',
        waves: [beta, { name: 'Prod', deployments: [prodEu({ approvals: bake() })] }],
      },
    ],
  },
  check: (pipeline, { options: { production, kinds } }) =>
    productionIn(pipeline, production, name)
      .flatMap(({ deployments }) => deployments)
      .filter(({ approvals }) => !stepsOfKinds(approvals, kinds).some(isWatching))
      .map((deployment) => ({
        message: `no alarm is watched after "${deployment.name}" is deployed`,
        path: `${deployment.path}.approvals`,
      })),
});

/** A `bake` watches what it names; of other kinds nothing is known but that the author says so. */
function isWatching({ kind, options }: Step): boolean {
  const { alarms } = (options ?? {}) as { readonly alarms?: unknown };
  return Array.isArray(alarms) ? alarms.length > 0 : kind !== 'bake';
}
