/** What a backend emits beside the stacks that it adds to the app. */

/** A file that a backend makes; `content` is text, or bytes. */
export interface Artifact {
  /**
   * What `path` is relative to: the root of the source (`project`), such as for `.github/workflows/orders.yml`, or the cloud
   * assembly (`assembly`).
   */
  readonly root: 'project' | 'assembly';
  /** With `/`, and inside the root. */
  readonly path: string;
  /** That of a file of the project holds {@link RenderContext.mark}, by which cdkpipe knows its own file again. */
  readonly content: string | Uint8Array;
}

/** What was emitted, before any of it takes the place of what was there. */
export interface Emitted {
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** Directory that holds the files of the project and no other, each under its path. */
  readonly project: string;
}

/** The same as content: of stacks that may not be written yet, or are no longer there. */
export interface EmittedContent {
  /** Templates as plain data, by file name relative to the cloud assembly. */
  readonly templates: ReadonlyMap<string, unknown>;
  /** Texts of the files of the project, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** What a backend emitted for itself at some time, to be compared with another. */
export interface ComparedContent {
  /** Templates of its own stacks, by the ID of the stack in the assembly; a stack that was not there is left out. */
  readonly stacks: ReadonlyMap<string, unknown>;
  /** Texts of the files of the project, by path; a file that was not there is left out. */
  readonly files: ReadonlyMap<string, string>;
}
