/** Lets the tool that uploads assets read the manifests of a newer CDK. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Newest schema that `cdk-assets` 4.7 takes. It refuses whatever says more, also where nothing else is new. */
const newestSchema = 54;

/** All that it understands of a manifest. */
const known: ReadonlySet<string> = new Set([
  ...['version', 'files', 'dockerImages', 'displayName', 'source', 'destinations', 'path', 'packaging', 'executable'],
  ...['region', 'assumeRoleArn', 'assumeRoleExternalId', 'assumeRoleAdditionalOptions', 'bucketName', 'objectKey'],
  ...['repositoryName', 'imageTag', 'directory', 'dockerFile', 'dockerBuildTarget', 'dockerBuildArgs'],
  ...['dockerBuildContexts', 'dockerBuildSsh', 'dockerBuildSecrets', 'networkMode', 'platform', 'dockerOutputs'],
  ...['cacheFrom', 'cacheTo', 'cacheDisabled'],
]);

/**
 * The manifest itself, or the path of a copy beside it that says the older schema. A manifest with something that the
 * tool may not understand stays as it is: the tool then has to be a newer one.
 */
export function readableManifest(assemblyDirectory: string, manifest: string): string {
  const content = JSON.parse(readFileSync(join(assemblyDirectory, manifest), 'utf8')) as Manifest;
  if (Number.parseInt(content.version, 10) <= newestSchema || !isUnderstood(content)) return manifest;
  const copy = manifest.replace(/(\.json)?$/, `.schema-${newestSchema}.json`);
  writeFileSync(join(assemblyDirectory, copy), JSON.stringify({ ...content, version: `${newestSchema}.0.0` }));
  return copy;
}

type Assets = Readonly<
  Record<string, { readonly source: unknown; readonly destinations: Readonly<Record<string, unknown>> }>
>;

interface Manifest {
  readonly version: string;
  readonly files?: Assets;
  readonly dockerImages?: Assets;
}

function isUnderstood(manifest: Manifest): boolean {
  const assets = [...Object.values(manifest.files ?? {}), ...Object.values(manifest.dockerImages ?? {})];
  const parts = assets.flatMap((asset) => [asset, asset.source, ...Object.values(asset.destinations)]);
  return [manifest, ...parts].every((part) => Object.keys(part as object).every((key) => known.has(key)));
}
