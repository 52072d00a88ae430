/** Plans who uploads the assets of a wave: one publisher for each environment and architecture, or one for each asset. */
import type { AssembledStack, StackAsset } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import { environmentName } from '../model/environment.ts';
import type { Wave } from '../model/pipeline.ts';
import type { PublishNode } from '../plan/node.ts';
import { actionName } from './action-names.ts';
import { groupUploads, type Upload, type UploadGroup } from './group-uploads.ts';

export interface PlannedPublishing {
  readonly nodes: readonly PublishNode[];
  /** IDs of the nodes that upload what a stack needs; none where it needs nothing. */
  publishersOf(stack: AssembledStack): readonly string[];
}

/** Every target is uploaded once, by the publisher of the first stack that needs it there. */
export function planPublishing(
  wave: Wave,
  stacks: readonly AssembledStack[],
  after: readonly string[],
  capabilities: BackendCapabilities,
): PlannedPublishing {
  const uploads = new Map<string, Upload>();
  const needs = new Map<AssembledStack, readonly string[]>();
  for (const stack of stacks) {
    const { assetManifest: manifest, env } = stack;
    if (manifest === undefined) continue;
    const keys = assetsToPublish(stack, capabilities).map((asset) => {
      const key = `${environmentName(env)} ${asset.type} ${asset.target} ${asset.roleArn}`;
      if (!uploads.has(key)) uploads.set(key, { asset, manifest, env });
      return key;
    });
    needs.set(stack, keys);
  }
  const publishers = new Map<string, string>();
  const nodes = groupUploads(uploads, capabilities).map((group) => {
    const node = publishNode(wave, group, after);
    for (const key of group.uploads.keys()) publishers.set(key, node.id);
    return node;
  });
  return {
    nodes,
    publishersOf: (stack) => [...new Set((needs.get(stack) ?? []).flatMap((key) => publishers.get(key) ?? []))],
  };
}

function assetsToPublish(
  { assets }: AssembledStack,
  { preparesBeforePublishing = false }: BackendCapabilities,
): readonly StackAsset[] {
  return assets.filter(({ isTemplate }) => !(preparesBeforePublishing && isTemplate));
}

function publishNode(wave: Wave, group: UploadGroup, after: readonly string[]): PublishNode {
  const { env, suffix, architecture } = group;
  const uploads = [...group.uploads.values()];
  return {
    type: 'publish',
    id: [`${wave.name}:publish/${environmentName(env)}`, ...suffix].join('/'),
    name: actionName('Publish', env.account, env.region, ...suffix),
    group: wave.name,
    after,
    path: wave.path,
    env,
    assets: uploads.map(({ asset: { id, destination, type }, manifest }) => ({
      manifest,
      selector: `${id}:${destination}`,
      type,
    })),
    manifests: [...new Set(uploads.map(({ manifest }) => manifest))],
    docker: uploads.some(({ asset }) => asset.type === 'image'),
    ...(architecture === undefined ? {} : { architecture }),
    roleArns: [...new Set(uploads.flatMap(({ asset }) => asset.roleArn ?? []))].sort(),
  };
}
