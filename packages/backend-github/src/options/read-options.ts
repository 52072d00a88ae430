/** What the options come to, with all defaults. */
import type { Pipeline } from '@cdkpipe/core';
import { type ActionName, type PinnedAction, pinnedActions } from '../github/pinned-actions.ts';
import type { GitHubOptions } from './options.ts';

export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly ids?: { readonly owner: string; readonly repository: string } | undefined;
}

/** Undefined where neither the options nor the source name one. */
export function findRepository({ source }: Pick<Pipeline, 'source'>, options: GitHubOptions): Repository | undefined {
  if (options.repository !== undefined) return options.repository;
  if (source.type !== 'connection' && source.type !== 'github') return undefined;
  const [owner, name, ...rest] = source.repository.split('/');
  return owner === undefined || name === undefined || rest.length > 0 ? undefined : { owner, name };
}

export function actionsOf({ actions }: GitHubOptions): Readonly<Record<ActionName, PinnedAction>> {
  const pinned = (name: ActionName): PinnedAction => ({ ...pinnedActions[name], ...actions?.[name] });
  return { checkout: pinned('checkout'), upload: pinned('upload'), download: pinned('download') };
}

export const defaultRunner = 'ubuntu-24.04';

/** Runner of a job; `role` is what the options name. */
export function runnerOf({ runsOn }: GitHubOptions, role: 'build' | 'publish' | 'default'): string | string[] {
  return runsOn?.[role] ?? runsOn?.default ?? defaultRunner;
}

export function workflowPath({ name }: Pick<Pipeline, 'name'>, { workflow }: GitHubOptions): string {
  return `.github/workflows/${workflow ?? name}.yml`;
}
