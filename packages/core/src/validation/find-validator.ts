/** Finds the CloudFormation validator that ships inside the user's aws-cdk-lib, without loading it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ValidatorFiles } from './validator-protocol.ts';

const validatorPackage = '@aws/cloudformation-validate';

/** The reason as a string where there is none. */
export function findValidator(cdkRoot: string): ValidatorFiles | string {
  const manifest = join(cdkRoot, 'package.json');
  const require = createRequire(manifest);
  try {
    const entry = require.resolve(validatorPackage);
    const versions = [manifest, require.resolve(`${validatorPackage}/package.json`)].map(readVersion);
    return { identity: versions.join('/'), entry, rules: join(cdkRoot, 'core', 'lib', 'validation', 'rules') };
  } catch {
    return `the aws-cdk-lib in "${cdkRoot}" has no ${validatorPackage}`;
  }
}

function readVersion(manifest: string): string {
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }).version);
}
