/**
 * One thing that is wrong, worded for the person who can fix it.
 *
 * @example
 * throw refused([
 *   { code: "PAGER_TEAM_UNKNOWN", message: 'there is no team "ops"', path: 'team', fix: 'name one of: platform, web' },
 * ]);
 */
export interface Problem {
  /** Stable name of the fault in upper-case words, for example `WAVE_NAME_TAKEN`. */
  readonly code: string;
  /** What is wrong, with the value that was found: lower case, no full stop. */
  readonly message: string;
  /** Place in the definition, for example `waves[0].deployments[1].env.account`. */
  readonly path?: string;
  /** Place in a file, for example `cdkpipe.config.ts:12:5`, where one is known. */
  readonly location?: string;
  /** The lines of the file around {@link location}, with a mark below the place; separated by line feeds. */
  readonly excerpt?: string;
  /** The one thing to change. */
  readonly fix?: string;
  /** The plugin that was at work, where one was. */
  readonly plugin?: string;
  /** The version of {@link plugin}. */
  readonly version?: string;
  /** The hook that was at work, where one was. */
  readonly hook?: string;
  /** The lint rule that found it, or that was at work. */
  readonly rule?: string;
  /** The node of the plan that was worked on, where one was. */
  readonly node?: string;
  /** The kind of the step that was worked on, where it was one. */
  readonly kind?: string;
  /** The backend that the step was drawn for. */
  readonly backend?: string;
  /** Address (`https:`) of the page that explains the code; to be given for a code that is not cdkpipe's own. */
  readonly docs?: string;
}

/** Address of a page of the documentation, such as `errors` or `when-a-run-fails`. */
export function docsPage(name: string): string {
  return `https://github.com/cdkpipe/cdkpipe/blob/main/docs/${name}.md`;
}

/** Page that explains a fault: the one it names, else ours, where each code has a heading. */
export function docsOf(problem: Problem): string {
  if (problem.docs?.startsWith('https://')) return problem.docs;
  return `${docsPage('errors')}#${problem.code.toLowerCase()}`;
}
