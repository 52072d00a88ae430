/** What a run on this machine knows of a source: from git where a working tree is one's root, else from the definition. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Source } from '@cdkpipe/core';

const run = promisify(execFile);

export type SourceAttributes = Readonly<Record<string, string>>;

/**
 * @param directory where the source lies in the working tree
 * @param isMain the main source may lie below the root of its repository, others are only known by one of their own
 */
export async function readSourceAttributes(
  source: Source,
  directory: string,
  isMain: boolean,
): Promise<SourceAttributes> {
  switch (source.type) {
    case 's3':
      return {};
    case 'ecr':
      return { tag: source.tag, repository: source.repository };
    case 'connection':
    case 'github':
    case 'codeCommit': {
      const commit = await readCommit(directory, isMain);
      const url = source.type === 'github' && `https://github.com/${source.repository}/commit/${commit?.commitId}`;
      return {
        repository: source.repository,
        // A checkout of a commit is on no branch, as CI makes it; then it is the one that the pipeline follows.
        branch: source.branch,
        ...commit,
        ...(commit && url ? { commitUrl: url } : {}),
      };
    }
  }
}

async function readCommit(directory: string, isMain: boolean): Promise<Record<string, string> | undefined> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: directory })).stdout.replace(/\n$/, '');
  try {
    const isRoot = realpathSync(await git('rev-parse', '--show-toplevel')) === realpathSync(directory);
    if (!isMain && !isRoot) return undefined;
    const format = ['%H', '%aI', '%cI', '%B'].join('%x00');
    const text = await git('log', '-1', `--format=${format}`);
    const [commitId = '', authorDate = '', committerDate = '', message = ''] = text.split('\0');
    const branch = await git('rev-parse', '--abbrev-ref', 'HEAD');
    return {
      commitId,
      authorDate,
      committerDate,
      commitMessage: message.trimEnd(),
      ...(branch === 'HEAD' ? {} : { branch }),
    };
  } catch {
    return undefined;
  }
}
