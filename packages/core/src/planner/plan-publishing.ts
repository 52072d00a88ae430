/** Plans who uploads the assets of a wave: one publisher for each environment. */
import type { AssembledStack } from '../contracts/assembly.ts';
import { type Environment, environmentName } from '../model/environment.ts';
import type { Wave } from '../model/pipeline.ts';
import type { PublishNode } from '../plan/node.ts';
import { actionName } from './action-names.ts';

/** Stacks without assets need no publisher. */
export function planPublishing(wave: Wave, stacks: readonly AssembledStack[], after: readonly string[]): PublishNode[] {
  const byEnvironment = new Map<string, AssembledStack[]>();
  for (const stack of stacks.filter(({ assetManifest }) => assetManifest !== undefined)) {
    const key = environmentName(stack.env);
    byEnvironment.set(key, [...(byEnvironment.get(key) ?? []), stack]);
  }
  return [...byEnvironment.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return {
      type: 'publish' as const,
      id: publishId(wave, first.env),
      name: actionName('Publish', first.env.account, first.env.region),
      group: wave.name,
      after,
      path: wave.path,
      env: first.env,
      manifests: group.flatMap(({ assetManifest }) => assetManifest ?? []),
      docker: group.some(({ hasDockerAssets }) => hasDockerAssets),
      roleArns: [...new Set(group.flatMap(({ publishingRoleArns }) => publishingRoleArns))].sort(),
    };
  });
}

export function publishId(wave: Wave, env: Environment): string {
  return `${wave.name}:publish/${environmentName(env)}`;
}
