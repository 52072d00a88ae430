/** Replaces the template of a stack in a cloud assembly, so that it is published under a key of its own. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { readJson, writeJson } from './copied-manifests.ts';
import { isAssetManifest } from './read-stacks.ts';

type Json = Record<string, unknown>;

interface FileAsset {
  readonly source: { readonly path?: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/**
 * Where the old content is named by its hash, the new content is named by its own: in the asset manifest, and in the address from
 * which `cdk deploy` has CloudFormation take the template.
 *
 * @returns the key under which the template is published, where that does not depend on its content; nothing is replaced then
 */
export function replaceTemplate(artifact: CloudFormationStackArtifact, template: object): string | undefined {
  const { assembly, templateFile, templateFullPath, id } = artifact;
  const old = readFileSync(templateFullPath, 'utf8');
  const text = JSON.stringify(template, undefined, old.includes('\n') ? 1 : 0);
  const [oldHash, newHash] = [old, text].map((each) => createHash('sha256').update(each).digest('hex')) as [
    string,
    string,
  ];
  const assets = artifact.dependencies.find(isAssetManifest)?.file;
  const manifest = assets === undefined ? {} : (readJson(assets) as { files?: Record<string, FileAsset> });
  const own = Object.entries(manifest.files ?? {}).filter(([, { source }]) => source.path === templateFile);
  const names = [oldHash, ...own.map(([name]) => name)];
  // Other programs hash a template in their own way; then the manifest has the hash as the name of the asset.
  const rename = (value: string) => {
    const name = names.find((each) => value.includes(each));
    return name === undefined ? value : value.replaceAll(name, newHash);
  };
  for (const [, { destinations }] of own)
    for (const { objectKey } of Object.values(destinations)) if (rename(objectKey) === objectKey) return objectKey;
  rmSync(templateFullPath, { force: true });
  writeFileSync(templateFullPath, text);
  if (assets !== undefined && own.length > 0) {
    const files = Object.entries(manifest.files ?? {}).map(([name, file]) =>
      file.source.path === templateFile ? [rename(name), renameKeys(file, rename)] : [name, file],
    );
    writeJson(assets, { ...manifest, files: Object.fromEntries(files) });
  }
  const path = join(assembly.directory, 'manifest.json');
  const whole = readJson(path) as { artifacts: Record<string, { properties: Json }> };
  const { properties } = whole.artifacts[id] ?? { properties: {} };
  if (typeof properties.stackTemplateAssetObjectUrl === 'string') {
    properties.stackTemplateAssetObjectUrl = rename(properties.stackTemplateAssetObjectUrl);
    writeJson(path, whole);
  }
  return undefined;
}

function renameKeys(file: FileAsset, rename: (key: string) => string): FileAsset {
  const destinations = Object.entries(file.destinations).map(([name, destination]) => [
    name,
    { ...destination, objectKey: rename(destination.objectKey) },
  ]);
  return { ...file, destinations: Object.fromEntries(destinations) };
}
