/** Finds the CloudFormation validator that ships inside the user's aws-cdk-lib, without loading it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ValidatorFiles } from './validator-protocol.ts';

const validatorPackage = '@aws/cloudformation-validate';

/** The reason as a string where there is none. */
export function findValidator(cdkRoot: string): ValidatorFiles | string {
  try {
    const entry = findPackage(cdkRoot);
    const identity = [cdkRoot, entry].map(readVersion).join('/');
    return { identity, entry, rules: join(cdkRoot, 'core', 'lib', 'validation', 'rules') };
  } catch {
    return `the aws-cdk-lib in "${cdkRoot}" has no ${validatorPackage}`;
  }
}

/** The CDK bundles it; a package manager that unpacks bundles may lay it elsewhere. */
function findPackage(cdkRoot: string): string {
  const bundled = join(cdkRoot, 'node_modules', validatorPackage);
  if (existsSync(bundled)) return bundled;
  return dirname(createRequire(join(cdkRoot, 'package.json')).resolve(`${validatorPackage}/package.json`));
}

function readVersion(directory: string): string {
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version?: unknown };
  return String(manifest.version);
}
