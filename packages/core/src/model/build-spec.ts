/** The parts of a CodeBuild buildspec that an author may add to the one cdkpipe writes. */

export type BuildPhaseName = 'install' | 'pre_build' | 'build' | 'post_build';

/** One phase, as a buildspec spells it. */
export interface BuildPhase {
  readonly 'run-as'?: string | undefined;
  /** `ABORT`, `CONTINUE`, `RETRY` and its forms such as `RETRY-2`. */
  readonly 'on-failure'?: string | undefined;
  readonly 'runtime-versions'?: Readonly<Record<string, string | number>> | undefined;
  /** Not in `build`, whose commands are the option `commands`. */
  readonly commands?: readonly string[] | undefined;
  readonly finally?: readonly string[] | undefined;
}

/** Files that a report group shows. */
export interface BuildReport {
  readonly files: readonly string[];
  readonly 'base-directory'?: string | undefined;
  readonly 'discard-paths'?: 'yes' | 'no' | undefined;
  readonly 'file-format'?: string | undefined;
}

type Texts = Readonly<Record<string, string>>;

/** Keys and values are those of CodeBuild's buildspec, version 0.2. */
export interface PartialBuildSpec {
  readonly version?: 0.2 | '0.2' | undefined;
  readonly 'run-as'?: string | undefined;
  readonly env?:
    | {
        readonly shell?: string | undefined;
        readonly variables?: Texts | undefined;
        readonly 'parameter-store'?: Texts | undefined;
        readonly 'secrets-manager'?: Texts | undefined;
        readonly 'git-credential-helper'?: 'yes' | 'no' | undefined;
      }
    | undefined;
  readonly proxy?:
    | { readonly 'upload-artifacts'?: 'yes' | 'no' | undefined; readonly logs?: 'yes' | 'no' | undefined }
    | undefined;
  readonly phases?: { readonly [Phase in BuildPhaseName]?: BuildPhase | undefined } | undefined;
  readonly reports?: Readonly<Record<string, BuildReport>> | undefined;
  /** Of the output; which files it holds is the option `output`. */
  readonly artifacts?:
    | {
        readonly 'exclude-paths'?: readonly string[] | undefined;
        readonly 'enable-symlinks'?: 'yes' | 'no' | undefined;
      }
    | undefined;
  readonly cache?:
    | {
        readonly key?: string | undefined;
        readonly 'fallback-keys'?: readonly string[] | undefined;
        readonly action?: 'restore' | 'save' | undefined;
        readonly paths?: readonly string[] | undefined;
      }
    | undefined;
}
