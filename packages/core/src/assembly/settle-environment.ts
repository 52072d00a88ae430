/**
 * Gives stacks that were synthesised without account or region those of their deployment, as `cdk deploy` does it.
 *
 * The placeholders are those of https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cx_api.EnvironmentPlaceholders.html;
 * that of the partition stays, as it does in what the CDK writes for a known environment. Templates are not touched.
 */
import type { Environment } from '../model/environment.ts';
import {
  type CopiedManifest,
  fileOf,
  isStack,
  type ManifestArtifact,
  readJson,
  writeJson,
} from './copied-manifests.ts';

export function settleEnvironment(manifest: CopiedManifest, env: Environment): void {
  const settled = Object.values(manifest.artifacts).filter((artifact) => isStack(artifact) && settle(artifact, env));
  const assets = new Set(settled.flatMap(({ dependencies = [] }) => dependencies));
  for (const id of assets) {
    const artifact = manifest.artifacts[id];
    if (artifact?.type !== 'cdk:asset-manifest') continue;
    artifact.properties = withEnvironment(artifact.properties ?? {}, env);
    const file = fileOf(manifest, artifact);
    if (file !== undefined) settleAssets(file, env);
  }
  for (const inner of manifest.nested.values()) settleEnvironment(inner, env);
}

/** A stack of which one half is known, and is that of another place, stays as it is, and is refused. */
function settle(artifact: ManifestArtifact, env: Environment): boolean {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(artifact.environment ?? '') ?? [];
  if (account !== 'unknown-account' && region !== 'unknown-region') return false;
  if (account !== 'unknown-account' && account !== env.account) return false;
  if (region !== 'unknown-region' && region !== env.region) return false;
  artifact.environment = `aws://${env.account}/${env.region}`;
  artifact.properties = withEnvironment(artifact.properties ?? {}, env);
  return true;
}

interface AssetManifest {
  readonly [type: string]: Record<string, { destinations?: Record<string, object> }> | unknown;
}

function settleAssets(file: string, env: Environment): void {
  const manifest = readJson(file) as AssetManifest;
  const entries = ['files', 'dockerImages'].flatMap((type) => Object.values(manifest[type] ?? {}));
  for (const asset of entries as { destinations?: Record<string, object> }[])
    for (const [id, destination] of Object.entries(asset.destinations ?? {}))
      asset.destinations = {
        ...asset.destinations,
        [id]: { region: env.region, ...withEnvironment(destination, env) },
      };
  writeJson(file, manifest);
}

function withEnvironment<T extends object>(value: T, { account, region }: Environment): T {
  return JSON.parse(JSON.stringify(value), (_, item) =>
    typeof item === 'string'
      ? item.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region)
      : item,
  ) as T;
}
