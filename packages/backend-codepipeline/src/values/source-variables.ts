/** How CodePipeline spells what it knows of a source. */
import type { Source, SourceAttribute } from '@cdkpipe/core';

const ofCommits: Readonly<Partial<Record<SourceAttribute, string>>> = {
  commitId: 'CommitId',
  commitMessage: 'CommitMessage',
  branch: 'BranchName',
  repository: 'RepositoryName',
  authorDate: 'AuthorDate',
};

/** By type of source, attribute and variable: "Output variables" in the reference of each source action. */
const variables: Readonly<Record<Source['type'], Readonly<Partial<Record<string, string>>>>> = {
  connection: { ...ofCommits, repository: 'FullRepositoryName' },
  github: { ...ofCommits, committerDate: 'CommitterDate', commitUrl: 'CommitUrl' },
  codeCommit: { ...ofCommits, committerDate: 'CommitterDate' },
  s3: { etag: 'ETag', versionId: 'VersionId' },
  ecr: {
    digest: 'ImageDigest',
    imageUri: 'ImageURI',
    tag: 'ImageTag',
    repository: 'RepositoryName',
    registryId: 'RegistryId',
  },
};

export function findSourceVariable({ type }: Source, attribute: string): string | undefined {
  return variables[type][attribute];
}

/** Names of all variables that a source sets. */
export function sourceVariables({ type }: Source): string[] {
  return Object.values(variables[type]).flatMap((variable) => variable ?? []);
}
