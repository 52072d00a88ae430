/** Finds publishers whose image cannot build what they publish. */
import type { Plan, Problem, PublishNode } from '@cdkpipe/core';
import { imageArchitecture, imageName } from '../codebuild/build-image.ts';
import { findImage } from '../codebuild/settle-work.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { publisherArchitecture } from '../problems/builds.ts';

/** CodeBuild's machines emulate no other architecture, so the image of all publishers has to be of theirs. */
export function checkPublishers({ nodes }: Plan, { codeBuildDefaults }: CodePipelineOptions): Problem[] {
  const image = findImage(codeBuildDefaults, 'assets', undefined);
  const name = imageName(image);
  if (name === undefined) return [];
  const layer = codeBuildDefaults?.assets?.image === undefined ? 'all' : 'assets';
  const found = imageArchitecture(image);
  return nodes
    .filter((node): node is PublishNode => node.type === 'publish')
    .flatMap(({ id, architecture }) =>
      architecture === undefined || architecture === found
        ? []
        : [publisherArchitecture({ layer, image: name, found, wanted: architecture }, id)],
    );
}
