/** What of the build's settings a runner can honour. */
import type { Build, BuildImage, Plan, Problem } from '@cdkpipe/core';
import type { GitHubOptions } from '../options/options.ts';
import { settingUnsupported } from '../problems/plans.ts';

const path = 'build';

export function checkBuild({ pipeline: { build } }: Plan, { runsOn }: GitHubOptions): Problem[] {
  const hasRunner = (runsOn?.build ?? runsOn?.default) !== undefined;
  return [...checkMachine(build, hasRunner), ...checkImage(build.image, hasRunner)];
}

/** A machine is a runner that somebody has set up, and GitHub knows by its label. */
function checkMachine({ computeType, vpc }: Build, hasRunner: boolean): Problem[] {
  if (hasRunner) return [];
  // https://docs.aws.amazon.com/codebuild/latest/userguide/action-runner.html
  const fix =
    'set `backends.github.runsOn.build` to the label of a larger runner, or of a runner that CodeBuild hosts in the VPC';
  return Object.entries({ computeType, vpc }).flatMap(([setting, value]) =>
    value === undefined ? [] : [settingUnsupported(`build.${setting}`, fix, { path: `${path}.${setting}` })],
  );
}

export function checkImage(image: BuildImage | undefined, hasRunner: boolean, place = `${path}.image`): Problem[] {
  if (image === undefined) return [];
  const { name, secret, architecture }: Exclude<BuildImage, string> =
    typeof image === 'object' ? image : { name: image };
  return [
    ...(name.startsWith('aws/codebuild/')
      ? [
          settingUnsupported(
            `image ${name}`,
            'leave it out, or name the image by its registry, such as public.ecr.aws/codebuild/amazonlinux-x86_64-standard:5.0',
            { path: place },
          ),
        ]
      : []),
    ...(secret === undefined
      ? []
      : [settingUnsupported('image.secret', 'use an image that anybody may pull', { path: place })]),
    ...(architecture === 'arm64' && !hasRunner
      ? [
          settingUnsupported('image.architecture', 'set `backends.github.runsOn.build` to an ARM runner', {
            path: place,
          }),
        ]
      : []),
  ];
}
