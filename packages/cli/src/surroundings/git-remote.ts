/** Where the repository of a directory is hosted, from what git itself has stored; the network is not asked. */
import { execFileSync } from 'node:child_process';

export interface GitRemote {
  /** `codeCommit` has repositories without an owner; all others are reached by a connection. */
  readonly source: 'connection' | 'codeCommit';
  /** `owner/name`, with groups on GitLab; the name alone on CodeCommit. */
  readonly repository: string;
  readonly branch: string;
}

/** Undefined without git, outside of a repository, and where its remote is none that AWS can reach. */
export function findGitRemote(directory: string): GitRemote | undefined {
  const url = git(directory, 'config', '--get', 'remote.origin.url');
  const found = url === undefined ? undefined : parseRemote(url);
  return found && { ...found, branch: branchOf(directory) };
}

/** That of the remote's HEAD, as a clone stores it; else the one that is checked out. */
function branchOf(directory: string): string {
  const remote = git(directory, 'symbolic-ref', '--short', 'refs/remotes/origin/HEAD')?.replace(/^origin\//, '');
  return remote ?? git(directory, 'symbolic-ref', '--short', 'HEAD') ?? 'main';
}

function git(directory: string, ...args: readonly string[]): string | undefined {
  try {
    const output = execFileSync('git', args, {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    return output.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** `https://host/owner/name.git`, `git@host:owner/name.git`, `codecommit::region://name`; credentials are left out. */
export function parseRemote(url: string): Omit<GitRemote, 'branch'> | undefined {
  // https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-git-remote-codecommit.html
  const helper = /^codecommit(?:::[a-z0-9-]+)?:\/\/(?:[^@/]+@)?([\w.-]+)$/.exec(url)?.[1];
  if (helper !== undefined) return { source: 'codeCommit', repository: helper };
  const [, host = '', path = ''] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(url) ??
    [];
  const plain = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
  const ofCodeCommit = /^git-codecommit(?:-fips)?\./.test(host) ? /^v1\/repos\/([\w.-]+)$/.exec(plain)?.[1] : undefined;
  if (ofCodeCommit !== undefined) return { source: 'codeCommit', repository: ofCodeCommit };
  return /^[\w.-]+(?:\/[\w.-]+)+$/.test(plain) ? { source: 'connection', repository: plain } : undefined;
}
