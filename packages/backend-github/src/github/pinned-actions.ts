/** The actions of others that a workflow uses, each pinned to one commit. */

/** A commit of an action's repository, and the release that it is. */
export interface PinnedAction {
  readonly repository: string;
  /** Full SHA-1: a tag can be moved, a commit cannot (https://docs.github.com/en/actions/reference/security/secure-use). */
  readonly commit: string;
  /** For people, and for tools that propose updates. */
  readonly release: string;
}

export const pinnedActions = {
  checkout: {
    repository: 'actions/checkout',
    commit: 'de0fac2e4500dabe0009e67214ff5f5447ce83dd',
    release: 'v6.0.2',
  },
  upload: {
    repository: 'actions/upload-artifact',
    commit: 'b7c566a772e6b6bfb58ed0dc250532a479d7789f',
    release: 'v6.0.0',
  },
  download: {
    repository: 'actions/download-artifact',
    commit: '37930b1c2abaa49bbe596cd826c3c89aef350131',
    release: 'v7.0.0',
  },
} as const satisfies Record<string, PinnedAction>;

export type ActionName = keyof typeof pinnedActions;

/** What `uses` says of an action. */
export function usesOf({ repository, commit }: PinnedAction): string {
  return `${repository}@${commit}`;
}
