/** What the writers of a definition share: the old pipeline, the notes taken so far, and what the file imports. */
import type { GitRemote } from '../../surroundings/git-remote.ts';
import type { Note } from '../old-app/note.ts';
import type { OldPipeline, OldStep } from '../old-app/old-app.ts';
import type { ClassImport } from './class-import.ts';

/** Kinds and functions of plugins that the file uses. */
export type Helper = 'codebuild' | 'secret' | 'parameter' | 'manual' | 'securityReview';
export type CoreHelper = 'exported' | 'output' | 'parallel' | 'stageClass';

export interface Context {
  readonly pipeline: OldPipeline;
  /** Where the repository is hosted, for a pipeline that does not say it. */
  readonly remote: GitRemote | undefined;
  /** CDK context that the command line gave to the app. */
  readonly given: Readonly<Record<string, string>>;
  readonly steps: ReadonlyMap<number, OldStep>;
  /** Directory of the workspace that holds each additional source, by the key of its step. */
  readonly directories: Map<number, string>;
  /** Key of the source that is built. */
  readonly mainSource: number | undefined;
  /** Directory of the cloud assembly. */
  readonly output: string;
  /** Names that steps have in the definition; of one that is used more than once, the first. */
  readonly stepNames: Map<number, string>;
  /** The name of an import in the file. */
  nameOf(of: ClassImport): string;
  readonly helpers: Set<Helper>;
  readonly coreHelpers: Set<CoreHelper>;
  readonly notes: Note[];
}
