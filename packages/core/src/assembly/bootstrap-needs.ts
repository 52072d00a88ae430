/** Reads from the manifests of a cloud assembly what must be bootstrapped where, so that its stacks can be deployed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, environmentName, isAccount, isRegion } from '../model/environment.ts';

export interface BootstrapNeeds {
  readonly env: Environment;
  /** The least version of the bootstrap template. */
  readonly version: number;
  /** Name of the SSM parameter that holds the version. */
  readonly versionParameter: string;
  /** Bootstrap role that deploys, as CDK writes it. */
  readonly deployRoleArn?: string;
  /** Bootstrap role that may read the environment, as CDK writes it. */
  readonly lookupRoleArn?: string;
  /** External ID that must be given with the lookup role. */
  readonly lookupExternalId?: string;
}

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly properties?: {
    readonly requiresBootstrapStackVersion?: number;
    readonly bootstrapStackVersionSsmParameter?: string;
    readonly assumeRoleArn?: string;
    readonly lookupRole?: { readonly arn?: string; readonly assumeRoleExternalId?: string };
    readonly directoryName?: string;
  };
}

interface Manifest {
  /** Of the schema that the assembly is written in. */
  readonly version?: string;
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

export interface AssemblyNeeds {
  readonly schemaVersion?: string;
  /** One for each environment and version parameter, in the order of their names. */
  readonly bootstraps: readonly BootstrapNeeds[];
}

/**
 * Stacks without a fixed environment, and those that need no bootstrap stack, are left out.
 *
 * @param parts directories below `directory` that hold assemblies; those that its manifest names may be among them
 */
export function readBootstrapNeeds(directory: string, parts: readonly string[] = []): AssemblyNeeds {
  const manifests = ['.', ...parts].flatMap((part) => readManifests(join(directory, part)));
  const needs = new Map<string, BootstrapNeeds>();
  for (const artifact of manifests.flatMap(({ artifacts = {} }) => Object.values(artifacts))) {
    const need = needOf(artifact);
    if (need === undefined) continue;
    const key = `${environmentName(need.env)} ${need.versionParameter}`;
    const known = needs.get(key);
    needs.set(key, { ...need, ...known, version: Math.max(need.version, known?.version ?? 0) });
  }
  const schemaVersion = manifests[0]?.version;
  return {
    ...(schemaVersion === undefined ? {} : { schemaVersion }),
    bootstraps: [...needs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need),
  };
}

/** That of the directory first; the others are nested in it. None where no manifest is there, as before an app is synthesised. */
function readManifests(directory: string): Manifest[] {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) return [];
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const nested = Object.values(manifest.artifacts ?? {}).flatMap(({ type, properties }) =>
    type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined
      ? readManifests(join(directory, properties.directoryName))
      : [],
  );
  return [manifest, ...nested];
}

function needOf({ type, environment = '', properties = {} }: Artifact): BootstrapNeeds | undefined {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  const { requiresBootstrapStackVersion: version, bootstrapStackVersionSsmParameter: versionParameter } = properties;
  if (type !== 'aws:cloudformation:stack' || version === undefined || versionParameter === undefined) return undefined;
  if (!isAccount(account) || !isRegion(region)) return undefined;
  const { assumeRoleArn: deployRoleArn, lookupRole } = properties;
  return {
    env: { account, region },
    version,
    versionParameter,
    ...(deployRoleArn === undefined ? {} : { deployRoleArn }),
    ...(lookupRole?.arn === undefined ? {} : { lookupRoleArn: lookupRole.arn }),
    ...(lookupRole?.assumeRoleExternalId === undefined ? {} : { lookupExternalId: lookupRole.assumeRoleExternalId }),
  };
}
