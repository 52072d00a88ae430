/** A workflow → the text of its file, the same bytes each time. */
import { type Document, isMap, isPair, isScalar, visit, Document as YamlDocument } from 'yaml';
import { type PinnedAction, usesOf } from '../github/pinned-actions.ts';
import type { Workflow } from './workflow.ts';

export interface WorkflowFile {
  readonly workflow: Workflow;
  /** Lines of the comment at the top. */
  readonly header: readonly string[];
  /** Actions whose releases are written beside their commits. */
  readonly actions: readonly PinnedAction[];
}

export function writeWorkflow({ workflow, header, actions }: WorkflowFile): string {
  const document = new YamlDocument(workflow, { aliasDuplicateObjects: false });
  document.commentBefore = header.map((line) => ` ${line}`).join('\n');
  nameReleases(document, actions);
  partJobs(document);
  // Long lines stay whole: a folded text would be the same to GitHub, but not to who reads a difference.
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/** Writes `# v1.2.3` beside each `uses`. */
function nameReleases(document: Document, actions: readonly PinnedAction[]): void {
  const releases = new Map(actions.map((action) => [usesOf(action), action.release]));
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== 'uses' || !isScalar(value)) return;
      const release = releases.get(String(value.value));
      if (release !== undefined) value.comment = ` ${release}`;
    },
  });
}

/** An empty line between jobs, for people. */
function partJobs(document: Document): void {
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return;
  for (const item of jobs.items.slice(1)) if (isPair(item) && isScalar(item.key)) item.key.spaceBefore = true;
}
