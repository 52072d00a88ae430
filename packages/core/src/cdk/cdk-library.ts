/** Reaches the user's own copy of aws-cdk-lib, so that a process holds one; nothing else in core loads it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CdkLibrary } from '../contracts/backend.ts';
import { awsCdkNotFound } from '../errors/catalogue/loading.ts';
import type { Problem } from '../errors/problem.ts';

/** The library with the question where its modules are. */
export interface InstalledCdk extends CdkLibrary {
  /** File of a module such as `aws-cdk-lib/aws-iam` or `constructs`; undefined where neither package exports it. */
  resolve(module: string): string | undefined;
}

/**
 * Finds the aws-cdk-lib that a file in `directory` would import. Finding loads none of it; `require` loads what it
 * is asked for, by `require` and never by `import`: the bridge to ES modules would fire every lazy getter of the CDK.
 */
export function findCdkLibrary(directory: string): InstalledCdk | Problem {
  const manifest = find(createRequire(join(directory, 'cdkpipe.config.js')), 'aws-cdk-lib/package.json');
  if (manifest === undefined) return awsCdkNotFound(directory);
  // From inside the package: its own modules by their own name, and the very `constructs` that it uses.
  const require = createRequire(manifest);
  if (find(require, 'constructs') === undefined) return awsCdkNotFound(directory);
  return {
    get version() {
      return (require(manifest) as { version: string }).version;
    },
    root: dirname(manifest),
    require: (module) => require(module),
    resolve: (module) => find(require, module),
  };
}

/** Tells whether a module belongs to the CDK's two packages. */
export function isCdkModule(module: string): boolean {
  return /^(aws-cdk-lib|constructs)(\/|$)/.test(module);
}

function find(require: NodeJS.Require, module: string): string | undefined {
  try {
    return require.resolve(module);
  } catch {
    return undefined;
  }
}
