/** Finds the root of the source: what AWS checks out as a whole, and commands of the build run in. */
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { rootTooHigh } from '../errors/catalogue/definition.ts';
import { refused } from '../errors/cdkpipe-error.ts';

export interface SourceRoot {
  /** Absolute. */
  readonly directory: string;
  /** The definition's directory relative to it, with `/`; empty where both are the same. */
  readonly place: string;
}

/**
 * `root`, relative to `directory`; without it the workspace of the build that this process is a part of; else the top level
 * of the git repository, unless that ignores the definition; without git `directory` itself.
 *
 * @param directory of the definition
 * @param root what the definition says
 * @throws CdkpipeError (`source: 'user'`) when `root` leads to the top of the file system, or past it
 */
export function findSourceRoot(
  directory: string,
  root: string | undefined,
  { env = process.env, home = homedir() }: { readonly env?: NodeJS.ProcessEnv; readonly home?: string } = {},
): SourceRoot {
  const found = root === undefined ? undefined : resolve(directory, root);
  if (found !== undefined && dirname(found) === found) throw refused([rootTooHigh(found)]);
  return sourceRoot(found ?? workspaceOf(directory, env) ?? repositoryOf(directory, home) ?? directory, directory);
}

/**
 * The workspace of a build around `directory`: CodeBuild and a run on this machine name it in `CODEBUILD_SRC_DIR`.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function workspaceOf(directory: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const workspace = env.CODEBUILD_SRC_DIR;
  if (workspace === undefined || workspace === '' || !existsSync(workspace)) return undefined;
  return isInside(realpathSync(workspace), realpathSync(directory)) ? realpathSync(workspace) : undefined;
}

function sourceRoot(root: string, directory: string): SourceRoot {
  return { directory: root, place: relative(realpathSync(root), realpathSync(directory)).split(sep).join('/') };
}

function repositoryOf(directory: string, home: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at === directory || !isIgnored(directory) ? at : undefined;
    // A repository of the home directory holds settings, not the projects below it.
    if (dirname(at) === at || dirname(at) === home) return undefined;
  }
}

/** Where git is not there to ask, the repository counts. */
function isIgnored(directory: string): boolean {
  try {
    execFileSync('git', ['check-ignore', '--quiet', '--', directory], { cwd: directory, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isInside(root: string, directory: string): boolean {
  return directory === root || directory.startsWith(root.endsWith(sep) ? root : root + sep);
}
