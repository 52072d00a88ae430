/** Says where it is not certain that CodeBuild has ARM containers. */
import type { Plan, PlanNote } from '@cdkpipe/core';
import { armRegions } from '../aws/curated-images.ts';

/** AWS's pages differ in their regions, so one that only some of them name is not refused. */
export function noteArmRegions({ nodes, pipeline: { env } }: Plan): PlanNote[] {
  const isForArm = nodes.some((node) => node.type === 'publish' && node.architecture === 'arm64');
  if (!isForArm || armRegions.has(env.region)) return [];
  const text = `images for arm64 are built in ARM containers, which AWS's API reference of CodeBuild does not list for ${env.region}; where there are none, CloudFormation refuses the project before anything is deployed`;
  return [{ about: 'publishers', text }];
}
