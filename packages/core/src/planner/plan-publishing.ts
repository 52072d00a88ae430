/** Plans who uploads the assets of a wave: one publisher for each environment, or one for each asset. */
import type { AssembledStack, StackAsset } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/backend.ts';
import { type Environment, environmentName } from '../model/environment.ts';
import type { Wave } from '../model/pipeline.ts';
import type { PublishNode } from '../plan/node.ts';
import { actionName } from './action-names.ts';

export interface PlannedPublishing {
  readonly nodes: readonly PublishNode[];
  /** IDs of the nodes that upload what a stack needs; none where it needs nothing. */
  publishersOf(stack: AssembledStack): readonly string[];
}

interface Upload {
  readonly asset: StackAsset;
  readonly manifest: string;
  readonly env: Environment;
}

/** Every target is uploaded once, by the publisher of the first stack that needs it there. */
export function planPublishing(
  wave: Wave,
  stacks: readonly AssembledStack[],
  after: readonly string[],
  { preparesBeforePublishing = false, publish = 'together' }: BackendCapabilities,
): PlannedPublishing {
  const uploads = new Map<string, Upload>();
  const needs = new Map<AssembledStack, readonly string[]>();
  for (const stack of stacks) {
    const { assetManifest: manifest, env } = stack;
    const needed = stack.assets.filter(({ isTemplate }) => !(preparesBeforePublishing && isTemplate));
    if (manifest === undefined) continue;
    const keys = needed.map((asset) => {
      const key = `${environmentName(env)} ${asset.type} ${asset.target} ${asset.roleArn}`;
      if (!uploads.has(key)) uploads.set(key, { asset, manifest, env });
      return key;
    });
    needs.set(stack, keys);
  }
  const publishers = new Map<string, string>();
  const nodes = groupsOf(uploads, publish).map(({ env, suffix, keys }) => {
    const node = publishNode(
      wave,
      env,
      suffix,
      after,
      keys.flatMap((key) => uploads.get(key) ?? []),
    );
    for (const key of keys) publishers.set(key, node.id);
    return node;
  });
  return {
    nodes,
    publishersOf: (stack) => [...new Set((needs.get(stack) ?? []).flatMap((key) => publishers.get(key) ?? []))],
  };
}

interface UploadGroup {
  readonly env: Environment;
  /** What tells the publishers of one environment apart; empty where there is one. */
  readonly suffix: readonly string[];
  readonly keys: readonly string[];
}

/** Assets on their own are counted rather than named by their hash, so that the pipeline stays when their content changes. */
function groupsOf(uploads: ReadonlyMap<string, Upload>, publish: 'together' | 'each'): UploadGroup[] {
  const counts = new Map<string, number>();
  const groups = new Map<string, UploadGroup & { keys: string[] }>();
  for (const [key, { env, asset }] of uploads) {
    const counted = `${environmentName(env)} ${asset.type}`;
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    const suffix = publish === 'each' ? [`${asset.type === 'image' ? 'Image' : 'File'}${count}`] : [];
    const name = [environmentName(env), ...suffix].join('/');
    const group = groups.get(name) ?? { env, suffix, keys: [] };
    group.keys.push(key);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function publishNode(
  wave: Wave,
  env: Environment,
  suffix: readonly string[],
  after: readonly string[],
  uploads: readonly Upload[],
): PublishNode {
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
    roleArns: [...new Set(uploads.flatMap(({ asset }) => asset.roleArn ?? []))].sort(),
  };
}
