/** The source of a pipeline → the events that start a workflow. */
import type { Patterns, Pipeline, PullRequestFilter, PushFilter } from '@cdkpipe/core';
import type { DispatchInput, EventFilters, Triggers } from '../workflow/workflow.ts';
import { inputName } from './spell-values.ts';

/** A run can always be started by hand, as one of CodePipeline can. */
export function spellTriggers(pipeline: Pipeline): Triggers {
  const inputs = Object.fromEntries((pipeline.variables ?? []).map((each) => [inputName(each.name), spellInput(each)]));
  const dispatch = { workflow_dispatch: Object.keys(inputs).length === 0 ? {} : { inputs } };
  const { source } = pipeline;
  if (source.type !== 'connection' && source.type !== 'github') return dispatch;
  if (source.trigger === 'none') return dispatch;
  if (source.type === 'connection' && source.trigger === 'filters') {
    const { push = [], pullRequests = [] } = source.triggers ?? {};
    return {
      ...(push.length === 0 ? {} : { push: spellPush(push) }),
      ...(pullRequests.length === 0 ? {} : { pull_request: spellPullRequest(pullRequests) }),
      ...dispatch,
    };
  }
  return { push: { branches: [escapePattern(source.branch)] }, ...dispatch };
}

function spellInput({ description, default: value }: { description?: string; default?: string }): DispatchInput {
  return {
    ...(description === undefined ? {} : { description }),
    type: 'string',
    required: value === undefined,
    ...(value === undefined ? {} : { default: value }),
  };
}

/** Filters of tags, and at most one of branches and paths: GitHub joins all that it finds below one event. */
function spellPush(filters: readonly PushFilter[]): EventFilters {
  const tags = filters.flatMap((filter) => (filter.tags === undefined ? [] : [filter.tags]));
  const branches = filters.find((filter) => filter.tags === undefined);
  return {
    ...(branches === undefined ? {} : spellBranches(branches)),
    ...spellPatterns('tags', mergePatterns(tags)),
  };
}

function spellPullRequest([filter = {}]: readonly PullRequestFilter[]): EventFilters {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
  const types = { opened: ['opened', 'reopened'], updated: ['synchronize'], closed: ['closed'] } as const;
  return {
    ...(filter.events === undefined ? {} : { types: filter.events.flatMap((event) => types[event]) }),
    ...spellBranches(filter),
  };
}

function spellBranches({ branches, paths }: Pick<PushFilter, 'branches' | 'paths'>): EventFilters {
  const filters = { ...spellPatterns('branches', branches), ...spellPatterns('paths', paths) };
  // Without a filter of branches, one of paths would hold for tags, too.
  return branches === undefined && paths !== undefined ? { branches: ['**'], ...filters } : filters;
}

function mergePatterns(all: readonly Patterns[]): Patterns | undefined {
  if (all.length === 0) return undefined;
  const include = all.flatMap((each) => each.include ?? []);
  const exclude = all.flatMap((each) => each.exclude ?? []);
  return { ...(include.length === 0 ? {} : { include }), ...(exclude.length === 0 ? {} : { exclude }) };
}

/** `include` with exceptions, or only what is left out: GitHub allows one form of each. */
function spellPatterns(kind: 'branches' | 'tags' | 'paths', patterns: Patterns | undefined): EventFilters {
  const { include = [], exclude = [] } = patterns ?? {};
  if (include.length > 0) return { [kind]: [...include, ...exclude.map((pattern) => `!${pattern}`)] };
  return exclude.length > 0 ? { [`${kind}-ignore`]: [...exclude] } : {};
}

/** A name as a pattern that matches nothing else (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet). */
export function escapePattern(name: string): string {
  return name.replaceAll(/[*?+[\]!\\]/g, (character) => `\\${character}`);
}
