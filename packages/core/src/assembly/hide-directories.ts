/** Keeps directories that cdkpipe itself writes out of the author's assets, and so out of their hashes. */
import { existsSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type * as cdkLib from 'aws-cdk-lib';
import type { CdkLibrary } from '../contracts/backend.ts';

/**
 * An asset of the project's own directory would otherwise hold the assembly that is being written, which contains the
 * asset, and the runs of this machine, which no other machine has. The CDK asks one function what to leave out of an
 * asset; while this is in force, that function leaves out `hidden` too.
 *
 * @param hidden absolute paths; one that contains an asset's whole directory does not count for that asset
 */
export function hideDirectories(cdk: CdkLibrary, hidden: readonly string[]): Disposable {
  const { IgnoreStrategy } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const fromCopyOptions = IgnoreStrategy.fromCopyOptions;
  const paths = hidden.map(realPath);
  IgnoreStrategy.fromCopyOptions = (options, root) => {
    const strategy = fromCopyOptions.call(IgnoreStrategy, options, root);
    const inside = paths.filter((path) => isInside(path, realPath(root)));
    return inside.length === 0 ? strategy : hiding(strategy, inside, resolve(root));
  };
  return {
    [Symbol.dispose]: () => {
      IgnoreStrategy.fromCopyOptions = fromCopyOptions;
    },
  };
}

/** The CDK names what it asks about below `root` as it was given, which may be a link, or below its real path. */
function hiding(strategy: cdkLib.IgnoreStrategy, hidden: readonly string[], root: string): cdkLib.IgnoreStrategy {
  const real = realPath(root);
  const isHidden = (given: string) => {
    const path = given.startsWith(root) ? real + given.slice(root.length) : given;
    return hidden.some((directory) => path === directory || isInside(path, directory));
  };
  return Object.create(strategy, {
    ignores: { value: (path: string) => isHidden(path) || strategy.ignores(path) },
    completelyIgnores: { value: (path: string) => isHidden(path) || strategy.completelyIgnores(path) },
  });
}

function isInside(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}
