/** What a build hands on: its artifacts, and which files of which directory each holds. */
import type { PartialBuildSpec } from '@cdkpipe/core';
import type { FileSelection } from '../artifacts/select-files.ts';

export interface BuildOutput {
  readonly artifact: string;
  /** Base directory of its files. */
  readonly directory: string;
  /** Absent for all files. */
  readonly selection?: FileSelection;
}

/**
 * The part `artifacts` of a buildspec. For an action with several outputs CodePipeline reads `secondary-artifacts` alone,
 * keyed by the names of the output artifacts ("CodeBuild action" in the README of aws-cdk-lib/aws-codepipeline-actions).
 * The first output is written in the primary part too: CodeBuild always requires `files` there
 * (https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.artifacts.secondary-artifacts),
 * and a run that started before a second output was added still gets the first one.
 *
 * @param added what the author says of all files; it does not narrow a selection
 */
export function artifactsPart(outputs: readonly BuildOutput[], added: PartialBuildSpec['artifacts'] = {}) {
  const [first] = outputs;
  if (!first) return {};
  const named = outputs.map((output) => [output.artifact, filesOf(output, added)] as const);
  return {
    artifacts: {
      ...filesOf(first, added),
      ...(outputs.length > 1 ? { 'secondary-artifacts': Object.fromEntries(named) } : {}),
    },
  };
}

function filesOf({ directory, selection }: BuildOutput, added: NonNullable<PartialBuildSpec['artifacts']>) {
  if (!selection) return { ...added, 'base-directory': directory, files: ['**/*'] };
  const { files, excludePaths } = selection;
  return {
    ...added,
    'base-directory': directory,
    files,
    ...(excludePaths.length > 0 ? { 'exclude-paths': excludePaths } : {}),
  };
}
