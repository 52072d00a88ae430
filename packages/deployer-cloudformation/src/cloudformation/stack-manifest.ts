/** What the manifest of the assembly says of a stack beyond what a plan needs. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StackTarget } from '../contract/deployer.ts';

export interface StackManifest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  readonly notificationArns: readonly string[];
  readonly deployExternalId?: string;
  /** What else STS is told when the deploy role is assumed. */
  readonly deployRoleOptions?: RoleOptions;
  /** Where templates may lie, and the role that lays them there. */
  readonly templates?: {
    readonly bucket: string;
    readonly roleArn?: string;
    readonly externalId?: string;
    readonly roleOptions?: RoleOptions;
  };
}

type RoleOptions = Readonly<Record<string, unknown>>;

interface Properties {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
  readonly notificationArns?: readonly string[];
  readonly assumeRoleExternalId?: string;
  readonly assumeRoleAdditionalOptions?: RoleOptions;
}

interface Destination {
  readonly bucketName: string;
  readonly assumeRoleArn?: string;
  readonly assumeRoleExternalId?: string;
  readonly assumeRoleAdditionalOptions?: RoleOptions;
}

export function readStackManifest({ stack, templateFile, assemblyDirectory }: StackTarget): StackManifest {
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, { properties?: Properties }> }>(
    join(dirname(templateFile), 'manifest.json'),
  );
  const properties = artifacts[stack.artifactId]?.properties ?? {};
  const templates = findTemplates(stack.assetManifest && join(assemblyDirectory, stack.assetManifest));
  return {
    parameters: properties.parameters ?? {},
    terminationProtection: properties.terminationProtection ?? false,
    notificationArns: properties.notificationArns ?? [],
    ...(properties.assumeRoleExternalId === undefined ? {} : { deployExternalId: properties.assumeRoleExternalId }),
    ...(properties.assumeRoleAdditionalOptions && { deployRoleOptions: properties.assumeRoleAdditionalOptions }),
    ...(templates ? { templates } : {}),
  };
}

/** The destination of any file: DefaultStackSynthesizer publishes templates beside the other files. */
function findTemplates(manifest: string | undefined): StackManifest['templates'] {
  if (manifest === undefined) return undefined;
  const { files = {} } = readJson<{ files?: Record<string, { destinations: Record<string, Destination> }> }>(manifest);
  const [destination] = Object.values(files).flatMap(({ destinations }) => Object.values(destinations));
  if (!destination) return undefined;
  const { bucketName, assumeRoleArn, assumeRoleExternalId, assumeRoleAdditionalOptions } = destination;
  return {
    bucket: bucketName,
    ...(assumeRoleArn === undefined ? {} : { roleArn: assumeRoleArn }),
    ...(assumeRoleExternalId === undefined ? {} : { externalId: assumeRoleExternalId }),
    ...(assumeRoleAdditionalOptions && { roleOptions: assumeRoleAdditionalOptions }),
  };
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
