/** What a run knows of each type of source, apart from how a backend spells it. */
import type { Source } from './source.ts';

const ofCommits = ['commitId', 'commitMessage', 'branch', 'repository', 'authorDate'] as const;

/** By type of source, what `source.attribute(...)` can name. */
export const sourceAttributes = {
  connection: ofCommits,
  github: [...ofCommits, 'committerDate', 'commitUrl'],
  codeCommit: [...ofCommits, 'committerDate'],
  s3: ['etag', 'versionId'],
  ecr: ['digest', 'imageUri', 'tag', 'repository', 'registryId'],
} as const satisfies Record<Source['type'], readonly string[]>;

/** An attribute that at least one type of source has. */
export type SourceAttribute = (typeof sourceAttributes)[Source['type']][number];
