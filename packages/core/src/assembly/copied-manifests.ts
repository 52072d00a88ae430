/** The manifests of an assembly that was copied, and of the assemblies in it, to be changed in place. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ManifestArtifact {
  readonly type: string;
  environment?: string;
  displayName?: string;
  readonly dependencies?: readonly string[];
  properties?: Readonly<Record<string, unknown>>;
}

export interface CopiedManifest {
  readonly directory: string;
  readonly artifacts: Record<string, ManifestArtifact>;
  /** Assemblies inside, by the ID of their artifact. */
  readonly nested: ReadonlyMap<string, CopiedManifest>;
  readonly whole: object;
}

export function readManifests(directory: string): CopiedManifest {
  const whole = readJson(join(directory, 'manifest.json')) as { artifacts?: Record<string, ManifestArtifact> };
  const { artifacts = {} } = whole;
  const nested = Object.entries(artifacts).flatMap(([id, { type, properties }]) =>
    type === 'cdk:cloud-assembly'
      ? [[id, readManifests(join(directory, String(properties?.directoryName)))] as const]
      : [],
  );
  return { directory, artifacts, nested: new Map(nested), whole };
}

export function writeManifests({ directory, whole, artifacts, nested }: CopiedManifest): void {
  writeJson(join(directory, 'manifest.json'), { ...whole, artifacts });
  for (const inner of nested.values()) writeManifests(inner);
}

export function isStack({ type }: ManifestArtifact): boolean {
  return type === 'aws:cloudformation:stack';
}

/** The file that an artifact of a stack or of its assets names. */
export function fileOf({ directory }: CopiedManifest, { properties = {} }: ManifestArtifact): string | undefined {
  const file = properties.templateFile ?? properties.file;
  return typeof file === 'string' ? join(directory, file) : undefined;
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A new file: the copy may be read-only, as its original. */
export function writeJson(file: string, value: unknown): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
