/** Which deployments are production: what the options name, or what the names of the pipeline say. */
import { type Deployment, findNearMisses, type Pipeline, refused, type Wave } from '@cdkpipe/core';
import * as z from 'zod';
import { nothingNamed } from '../problems.ts';

export const productionSchema = z
  .strictObject({
    waves: z.array(z.string().min(1)).optional().describe('Names of waves.'),
    deployments: z.array(z.string().min(1)).optional().describe('Names of deployments.'),
    accounts: z
      .array(z.string().regex(/^\d{12}$/, 'expected the 12 digits of an account'))
      .optional()
      .describe('Accounts.'),
  })
  .refine((named) => Object.values(named).some((list) => (list ?? []).length > 0), {
    error: 'expected at least one of `waves`, `deployments` and `accounts`',
  })
  .optional()
  .describe(
    'What is production: `{ waves, deployments, accounts }`, lists of names and accounts. By default what has "prod" in the name of its wave or deployment, but not "preprod" or "nonprod"; where no name says so, the last wave.',
  );

export type Production = z.output<typeof productionSchema>;

/** A wave with those of its deployments that are production. */
export interface ProductionWave {
  readonly wave: Wave;
  readonly deployments: readonly Deployment[];
  /** Whether another wave follows, so that something can be learned in between. */
  readonly isLast: boolean;
}

/**
 * In the order of the pipeline; waves without production are left out.
 *
 * @throws CdkpipeError (`source: 'user'`) where the options name what the pipeline does not have
 */
export function productionIn({ waves }: Pipeline, production: Production, rule: string): ProductionWave[] {
  if (production) refuseUnknown(waves, production, rule);
  const counts = production ? namedBy(production) : says(waves);
  return waves.flatMap((wave, index) => {
    const deployments = wave.deployments.filter((deployment) => counts(wave, deployment));
    return deployments.length > 0 ? [{ wave, deployments, isLast: index === waves.length - 1 }] : [];
  });
}

type Counts = (wave: Wave, deployment: Deployment) => boolean;

function namedBy({ waves = [], deployments = [], accounts = [] }: NonNullable<Production>): Counts {
  return (wave, deployment) =>
    waves.includes(wave.name) || deployments.includes(deployment.name) || accounts.includes(deployment.env.account);
}

function says(waves: readonly Wave[]): Counts {
  const byName: Counts = (wave, deployment) => [wave.name, deployment.name].some(isProductionName);
  const isAnySaid = waves.some((wave) => wave.deployments.some((deployment) => byName(wave, deployment)));
  // A pipeline whose names say nothing still ends where its customers are.
  return isAnySaid ? byName : (wave) => wave === waves.at(-1);
}

function isProductionName(name: string): boolean {
  return /prod/i.test(name.replaceAll(/(?:pre|non|not)[-_. ]?prod/gi, ''));
}

/** A misspelt name would leave nothing to judge. */
function refuseUnknown(waves: readonly Wave[], production: NonNullable<Production>, rule: string): void {
  const known = {
    waves: waves.map(({ name }) => name),
    deployments: waves.flatMap(({ deployments }) => deployments.map(({ name }) => name)),
    accounts: waves.flatMap(({ deployments }) => deployments.map(({ env }) => env.account)),
  };
  const problems = (['waves', 'deployments', 'accounts'] as const).flatMap((key) =>
    (production[key] ?? []).flatMap((name, index) =>
      known[key].includes(name)
        ? []
        : [
            nothingNamed(
              `rules["${rule}"][1].production.${key}[${index}]`,
              key,
              name,
              findNearMisses(name, known[key]),
            ),
          ],
    ),
  );
  if (problems.length > 0) throw refused(problems);
}
