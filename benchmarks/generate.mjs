/** Writes a synthetic app of a given shape: the same stacks under a `cdkpipe.config.ts` and under CDK Pipelines. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { template, work } from './paths.mjs';

/** The context that `cdk init` writes, so that both sides work on what a new project has. */
const featureFlags = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');

/**
 * @param {{ deployments: number, stacks: number, deploymentsPerWave?: number, approvals?: number, changeSets?: boolean,
 *   faulty?: boolean }} shape `stacks` are those of each deployment, `approvals` (0–2) stand behind each; a `faulty` app
 *   has templates that a validator must refuse
 * @returns {{ directory: string, stacks: number }} the app, and how many stacks it deploys
 */
export function generateApp({ deploymentsPerWave = 2, approvals = 2, changeSets = true, faulty = false, ...size }) {
  const directory = join(
    work,
    `app-${size.deployments}x${size.stacks}${changeSets ? '' : '-plan'}${faulty ? '-faulty' : ''}`,
  );
  rmSync(directory, { recursive: true, force: true });
  cpSync(template, directory, { recursive: true });
  writeJson(join(directory, 'shape.json'), { ...size, deploymentsPerWave, approvals, changeSets, faulty });
  const settings = join(directory, 'cdk.json');
  writeJson(settings, { ...JSON.parse(readFileSync(settings, 'utf8')), context: featureFlags });
  return { directory, stacks: size.deployments * size.stacks };
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
