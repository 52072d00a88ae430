/** Names a source in a few words. */
import { type Source, unreachable } from '@cdkpipe/core';

export function sourceName(source: Source): string {
  switch (source.type) {
    case 'connection':
    case 'github':
    case 'codeCommit':
      return `${source.repository}, branch ${source.branch}`;
    case 's3':
      return `s3://${source.bucket}/${source.key}`;
    case 'ecr':
      return `image ${source.repository}:${source.tag}`;
    default:
      return unreachable(`a source of type ${(source satisfies never as Source).type}`);
  }
}
