/** Where the code comes from, and what starts a run. */
import type { AdditionalSource, Patterns, Plan, Problem, SourceTriggers } from '@cdkpipe/core';
import type { GitHubOptions } from '../options/options.ts';
import { findRepository } from '../options/read-options.ts';
import {
  filtersTooMany,
  patternUnsupported,
  pullRequestNeedsCredentials,
  repositoryDiffers,
  repositoryUnknown,
  sourceUnsupported,
} from '../problems/plans.ts';

export function checkSource({ pipeline }: Plan, options: GitHubOptions): Problem[] {
  const { source, additionalSources } = pipeline;
  if (source.type !== 'connection' && source.type !== 'github')
    return [sourceUnsupported(source.type, { path: 'source' })];
  const triggers = source.type === 'connection' && source.trigger === 'filters' ? (source.triggers ?? {}) : {};
  return [
    ...checkRepository(source.repository, pipeline, options),
    ...checkTriggers(triggers),
    ...(triggers.pullRequests === undefined ? [] : additionalSources.flatMap(checkForPullRequests)),
  ];
}

function checkRepository(source: string, pipeline: Plan['pipeline'], options: GitHubOptions): Problem[] {
  const repository = findRepository(pipeline, options);
  if (repository === undefined) return [repositoryUnknown({ path: 'backends.github.repository' })];
  const name = `${repository.owner}/${repository.name}`;
  return name.toLowerCase() === source.toLowerCase() ? [] : [repositoryDiffers(source, name, { path: 'source' })];
}

const placeOf = ({ directory }: AdditionalSource) => ({ path: `additionalSources[${JSON.stringify(directory)}]` });

function checkForPullRequests(additional: AdditionalSource): Problem[] {
  const { type } = additional.source;
  return type === 's3' || type === 'ecr'
    ? [pullRequestNeedsCredentials(additional.directory, placeOf(additional))]
    : [];
}

function checkTriggers({ push = [], pullRequests = [] }: SourceTriggers): Problem[] {
  const path = 'source.triggers';
  const ofBranches = push.filter(({ tags }) => tags === undefined);
  return [
    ...(ofBranches.length > 1 ? [filtersTooMany('branches and paths', { path: `${path}.push` })] : []),
    ...(pullRequests.length > 1 ? [filtersTooMany('pull requests', { path: `${path}.pullRequests` })] : []),
    ...push.flatMap(({ tags, branches, paths }, index) =>
      [tags, branches, paths].flatMap((patterns) => checkPatterns(patterns, `${path}.push[${index}]`)),
    ),
    ...pullRequests.flatMap(({ branches, paths }, index) =>
      [branches, paths].flatMap((patterns) => checkPatterns(patterns, `${path}.pullRequests[${index}]`)),
    ),
  ];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet */
function checkPatterns({ include = [], exclude = [] }: Patterns = {}, path: string): Problem[] {
  return [...include, ...exclude]
    .filter((pattern) => !/^[A-Za-z0-9._/*-]+$/.test(pattern))
    .map((pattern) => patternUnsupported(pattern, { path }));
}
