/** Which tokens of GitHub may assume a role: those of one environment of one repository, on the refs of the source. */
import type { Source } from '@cdkpipe/core';
import type { Repository } from '../options/read-options.ts';

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
export const issuer = 'token.actions.githubusercontent.com';
export const audience = 'sts.amazonaws.com';

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Trust {
  /** ARN of the provider in the account of the role. */
  readonly provider: string;
  readonly conditions: Conditions;
}

export interface Trusted {
  readonly repository: Repository;
  readonly environment: string;
  readonly source: Source;
}

/**
 * The subject in both of its forms, with nothing left open: repositories made after 2026-07-15, renamed or transferred ones
 * have the one with IDs (https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims). The other claims
 * are those that AWS STS checks for GitHub
 * (https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/).
 */
export function trustConditions({ repository, environment, source }: Trusted): Conditions {
  const { exact, patterns } = refsOf(source);
  return {
    StringEquals: {
      [`${issuer}:aud`]: audience,
      [`${issuer}:sub`]: subjectsOf(repository, environment),
      ...(repository.ids === undefined ? {} : { [`${issuer}:repository_id`]: repository.ids.repository }),
      ...(exact.length === 0 ? {} : { [`${issuer}:ref`]: exact }),
    },
    ...(patterns.length === 0 ? {} : { StringLike: { [`${issuer}:ref`]: patterns } }),
  };
}

function subjectsOf({ owner, name, ids }: Repository, environment: string): string[] {
  // https://docs.github.com/en/actions/reference/security/oidc#filtering-for-metadata-containing-
  const suffix = `environment:${environment.replaceAll(':', '%3A')}`;
  const plain = `repo:${owner}/${name}:${suffix}`;
  return ids === undefined ? [plain] : [plain, `repo:${owner}@${ids.owner}/${name}@${ids.repository}:${suffix}`];
}

interface Refs {
  readonly exact: readonly string[];
  readonly patterns: readonly string[];
}

/** Branches and tags that start runs; never those of pull requests, whose refs begin with `refs/pull/`. */
function refsOf(source: Source): Refs {
  if (source.type !== 'connection' && source.type !== 'github') return { exact: [], patterns: [] };
  if (source.type === 'github' || source.trigger !== 'filters')
    return { exact: [`refs/heads/${source.branch}`], patterns: [] };
  const push = source.triggers?.push ?? [];
  const refs = push.flatMap(({ tags, branches }) =>
    tags === undefined
      ? (branches?.include ?? ['**']).map((pattern) => `refs/heads/${pattern}`)
      : (tags.include ?? ['**']).map((pattern) => `refs/tags/${pattern}`),
  );
  // A run that is started by hand stands on the branch of the source.
  const all = [...new Set([`refs/heads/${source.branch}`, ...refs])];
  const isPattern = (ref: string) => ref.includes('*');
  // A `*` of IAM matches a `/`, too: where it stands for less, the workflow and the environment say so.
  if (all.some(isPattern)) return { exact: [], patterns: all.map((ref) => ref.replaceAll(/\*+/g, '*')) };
  return { exact: all, patterns: [] };
}
