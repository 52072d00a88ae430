/** Reads the feature flags that aws-cdk-lib recommends for a new app, as `cdk init` does. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The flags of the aws-cdk-lib that stands beside this cli; none where none does. */
export function recommendedFlags(): Record<string, unknown> {
  try {
    const file = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
