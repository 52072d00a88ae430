/** What a build cannot be. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const outputDirectoryUnsafe = (directory: string): Problem => ({
  code: 'OUTPUT_DIRECTORY_UNSAFE',
  message: `the build's output directory "${directory}" has characters that CodeBuild would interpret`,
  path: 'build.output',
  fix: 'use letters, digits and . _ / - only',
});

interface OldCli {
  /** Version of the package `aws-cdk`. */
  readonly version: string;
  /** Newest major version of the schema that it reads. */
  readonly schema: number;
  readonly written: number;
  /** Version of aws-cdk-lib. */
  readonly cdk: string;
}

export const cliTooOld = ({ version, schema, written, cdk }: OldCli): Problem => ({
  code: 'CDK_CLI_TOO_OLD',
  message: `the update runs aws-cdk ${version}, which reads cloud assemblies up to schema ${schema}, and that of this definition (aws-cdk-lib ${cdk}) has schema ${written}`,
  fix: 'install a newer command in the project: npm install --save-dev aws-cdk@latest',
});

export const publisherArchitecture = (
  { layer, image, found, wanted }: Readonly<Record<'layer' | 'image' | 'found' | 'wanted', string>>,
  node: string,
): Problem => ({
  code: 'PUBLISHER_ARCHITECTURE',
  message: `"${node}" builds images for ${wanted}, and \`codeBuildDefaults.${layer}.image\` runs it in "${image}" on ${found}`,
  path: `backends.codepipeline.codeBuildDefaults.${layer}.image`,
  node,
  fix:
    layer === 'all'
      ? 'set the image for `build`, `steps` and `selfUpdate` instead of `all`, so that publishers get the image of each architecture'
      : 'leave out the image, so that publishers get the image of each architecture; or build all images for one',
});

export const inputUnknown = (directory: string, known: readonly string[], place: Place): Problem => ({
  code: 'INPUT_UNKNOWN',
  message: `there is no input "${directory}" here`,
  fix: known.length > 0 ? `use one of: ${known.join(', ')}` : 'nothing can be laid in here; remove it',
  ...at(place),
});

export const buildSpecConflict = (what: string, fix: string, place: Place): Problem => ({
  code: 'BUILD_SPEC_CONFLICT',
  message: `the buildspec of "${place.node ?? place.path}" cannot have ${what}`,
  fix,
  ...at(place),
});

export const gateIgnoresFailure = (phase: string, place: Place): Problem => ({
  code: 'GATE_IGNORES_FAILURE',
  message: `"on-failure: CONTINUE" in the phase "${phase}" could let the gate "${place.node}" pass although its commands failed`,
  fix: 'use "ABORT" or "RETRY"; commands that may fail can end in "|| true"',
  ...at(place),
});

export const fileSystemWithoutVpc = (place: Place): Problem => ({
  code: 'FILE_SYSTEM_WITHOUT_VPC',
  message: `"${place.node}" mounts file systems and has no \`vpc\` in which to reach them`,
  fix: 'add `vpc`, with subnets that hold a mount target',
  ...at(place),
});

export const fileSystemUnprivileged = (place: Place): Problem => ({
  code: 'FILE_SYSTEM_UNPRIVILEGED',
  message: `"${place.node}" mounts file systems, for which CodeBuild requires a privileged build, and has \`privileged: false\``,
  fix: 'leave out `privileged`, which is then true, or leave out `fileSystems`',
  ...at(place),
});

export const cacheUnprivileged = (place: Place): Problem => ({
  code: 'CACHE_UNPRIVILEGED',
  message: `"${place.node}" caches layers of docker images and may not run docker`,
  fix: 'add `privileged: true`, or leave out the mode "docker"',
  ...at(place),
});

export const exportNotPossible = (name: string, why: string, place: Place): Problem => ({
  code: 'EXPORT_NOT_POSSIBLE',
  message: `"${place.node}" exports the variable "${name}", which ${why}: CodeBuild exports no such variable`,
  fix: 'copy the value to a variable with another name in the commands, and export that',
  ...at(place),
});

export const imageNodeTooOld = (image: string, place: Place): Problem => ({
  code: 'IMAGE_NODE_TOO_OLD',
  message: `"${place.node}" runs in "${image}", which does not offer the Node 22 that cdkpipe and the CDK's tools run on`,
  fix: 'use "aws/codebuild/standard:7.0", "aws/codebuild/amazonlinux-x86_64-standard:5.0", "aws/codebuild/amazonlinux-aarch64-standard:3.0" or later',
  ...at(place),
});

export const imageSecretUnused = (image: string, place: Place): Problem => ({
  code: 'IMAGE_SECRET_UNUSED',
  message: `the image "${image}" is fetched without credentials of a registry, so its \`secret\` has no use`,
  fix: 'leave out `secret`; access to ECR comes from the role',
  ...at(place),
});

export const stepOutputMisplaced = (place: Place): Problem => ({
  code: 'STEP_OUTPUT_MISPLACED',
  message: `the step "${place.node}" has an \`output\`, which only steps around the build may have`,
  fix: 'leave out `output`; what deployments need is made before or in the build',
  ...at(place),
});

export const stepOutputTaken = (directory: string, other: string, place: Place): Problem => ({
  code: 'STEP_OUTPUT_TAKEN',
  message: `the output of "${place.node}" would be laid in "${directory}", which overlaps with "${other}"`,
  fix: 'lay it in a directory of its own: output: { from, to }',
  ...at(place),
});

export const stepOutputUnsafe = (directory: string, place: Place): Problem => ({
  code: 'STEP_OUTPUT_UNSAFE',
  message: `the output of "${place.node}" cannot be the directory "${directory}"`,
  fix: 'use a relative path of A-Z a-z 0-9 . _ - and / without ".."',
  ...at(place),
});

export const dockerCredentialUnused = (usage: string, place: Place): Problem => ({
  code: 'DOCKER_CREDENTIAL_UNUSED',
  message: `a docker credential is meant for "${usage}", where docker cannot run`,
  path: 'backends.codepipeline.dockerCredentials',
  fix:
    usage === 'build'
      ? 'set `privileged: true` in the build, or leave out the usage'
      : `set codeBuildDefaults: { ${usage}: { privileged: true } }, or leave out the usage`,
  ...(place.node === undefined ? {} : { node: place.node }),
});
