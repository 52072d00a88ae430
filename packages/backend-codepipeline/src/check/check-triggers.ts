/** What of the filters of a source CodePipeline does not take. */
import type { Patterns, Plan, Problem, PullRequestFilter, PushFilter } from '@cdkpipe/core';
import { limits } from '../aws/limits.ts';
import { triggerFilterInvalid } from '../problems/sources.ts';
import { templateTextProblems } from '../values/text.ts';
import { checkNumber } from './within-limits.ts';

export function checkTriggers({ pipeline: { source } }: Plan): Problem[] {
  if (source.type !== 'connection' || !source.triggers) return [];
  const { push, pullRequests } = source.triggers;
  const path = 'source.triggers';
  if (push === undefined && pullRequests === undefined)
    return [triggerFilterInvalid(path, 'there is no filter', 'add `push` or `pullRequests`')];
  return [
    ...checkList('push', push, `${path}.push`),
    ...checkList('pullRequests', pullRequests, `${path}.pullRequests`),
    ...(push ?? []).flatMap((filter, index) => checkPush(filter, `${path}.push[${index}]`)),
    ...(pullRequests ?? []).flatMap((filter, index) => checkPullRequest(filter, `${path}.pullRequests[${index}]`)),
  ];
}

function checkList(name: string, filters: readonly unknown[] | undefined, path: string): Problem[] {
  return filters ? checkNumber(limits.triggerFilters, `"${name}"`, filters.length, { path }) : [];
}

function checkPush({ tags, branches, paths }: PushFilter, path: string): Problem[] {
  if (tags && (branches || paths))
    return [
      triggerFilterInvalid(
        path,
        'a push of a tag has no branch and no changed files',
        'filter by tags, or by the others',
      ),
    ];
  if (!tags && !branches)
    return [triggerFilterInvalid(path, 'it names neither branches nor tags', 'add `branches` or `tags`')];
  return checkCriteria({ tags, branches, paths }, path);
}

function checkPullRequest({ events, branches, paths }: PullRequestFilter, path: string): Problem[] {
  if (!branches) return [triggerFilterInvalid(path, 'it does not say into which branches', 'add `branches`')];
  return [
    ...(events?.length === 0
      ? [triggerFilterInvalid(`${path}.events`, 'there is no event', 'leave `events` out for all of them')]
      : []),
    ...checkCriteria({ branches, paths }, path),
  ];
}

function checkCriteria(criteria: Readonly<Record<string, Patterns | undefined>>, path: string): Problem[] {
  return Object.entries(criteria).flatMap(([name, patterns]) => {
    if (!patterns) return [];
    const at = `${path}.${name}`;
    const { include, exclude } = patterns;
    if (!include && !exclude) return [triggerFilterInvalid(at, 'there is no pattern', 'add `include` or `exclude`')];
    return Object.entries({ include, exclude }).flatMap(([side, list]) =>
      list ? checkPatterns(list, `${at}.${side}`) : [],
    );
  });
}

function checkPatterns(patterns: readonly string[], path: string): Problem[] {
  return [
    ...checkNumber(limits.triggerPatterns, `"${path}"`, patterns.length, { path }),
    ...patterns.flatMap((pattern, index) => {
      const place = { path: `${path}[${index}]` };
      return [
        ...checkNumber(limits.triggerPattern, `"${pattern.slice(0, 40)}"`, pattern.length, place),
        ...templateTextProblems(pattern, path, place),
      ];
    }),
  ];
}
