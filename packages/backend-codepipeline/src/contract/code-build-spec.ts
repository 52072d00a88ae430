/** What a renderer says of commands that run in CodeBuild. */
import type {
  BuildCache,
  BuildFileSystem,
  BuildImage,
  BuildLogging,
  BuildVpc,
  ComputeType,
  PartialBuildSpec,
  PolicyStatement,
  ValueReference,
} from '@cdkpipe/core';

/** A value for an environment variable that is looked up when the build starts; the value itself is never emitted. */
export interface SecretReference {
  readonly type: 'SECRETS_MANAGER' | 'PARAMETER_STORE';
  /** As CodeBuild writes it: `name:json-key` for a secret, a parameter's name otherwise. */
  readonly value: string;
}

/** A directory, or where it is made and where in other workspaces it is laid. */
export type StepOutput = string | { readonly from: string; readonly to: string };

/** Commands that run in a CodeBuild project of their own. */
export interface CodeBuildSpec {
  readonly category: 'Build' | 'Test';
  readonly commands: readonly string[];
  readonly installCommands?: readonly string[];
  /** Texts are data: they are never interpreted by CodePipeline, a shell or YAML. */
  readonly env?: Readonly<Record<string, string | ValueReference | SecretReference>>;
  /** Environment variables whose last values become output variables of the action. */
  readonly exports?: readonly string[];
  readonly image?: BuildImage;
  readonly computeType?: ComputeType;
  readonly privileged?: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  /** Need `vpc`. */
  readonly fileSystems?: readonly BuildFileSystem[];
  readonly logging?: BuildLogging;
  /** Parts added to the buildspec; commands stand before `installCommands`. */
  readonly buildSpec?: PartialBuildSpec;
  /** Minutes, 5–2,160. */
  readonly timeout?: number;
  readonly rolePolicy?: readonly PolicyStatement[];
  /**
   * Directories, as `additionalSources`, the `output` of earlier steps and the build's `output` name them, laid in the
   * workspace beside the source.
   */
  readonly inputs?: readonly string[];
  /** Directory that the commands leave behind, for the build and what follows; around the build only. */
  readonly output?: StepOutput;
}
