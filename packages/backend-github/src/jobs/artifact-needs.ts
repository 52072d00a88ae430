/** Jobs whose files another one takes; GitHub hands digests only to jobs that name the maker in `needs`. */

import type { GitHubWork } from '../contract/github-work.ts';
import type { Draft } from './draft.ts';

export interface DraftedJob {
  readonly id: string;
  readonly draft: Draft;
}

/** Directories of the workspace that a job needs beside the source; the build needs all that were made before it. */
export function artifactNeeds(
  { id, draft }: DraftedJob,
  all: readonly DraftedJob[],
  before: ReadonlySet<string>,
  works: ReadonlyMap<string, GitHubWork>,
): string[] {
  const work = draft.type === 'step' ? works.get(draft.node.id) : undefined;
  const inputs = work?.type === 'commands' ? (work.inputs ?? []) : [];
  return all.flatMap((maker) => {
    if (maker.id === id) return [];
    const made = directoriesOf(maker.draft, works);
    const isWanted =
      draft.type === 'build' ? before.has(maker.id) : made.some((directory) => inputs.includes(directory));
    return made.length > 0 && isWanted ? [maker.id] : [];
  });
}

function directoriesOf(draft: Draft, works: ReadonlyMap<string, GitHubWork>): string[] {
  if (draft.type === 'sources') return draft.nodes.flatMap(({ directory }) => directory ?? []);
  if (draft.type !== 'step') return [];
  const work = works.get(draft.node.id);
  return work?.type === 'commands' && work.output !== undefined ? [work.output.to] : [];
}
