/** Versions of the command line tools that the pipeline's own builds run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findLockedIntegrity } from '@cdkpipe/core';

/**
 * Used where the project does not have the tool itself. `aws-cdk` reads what aws-cdk-lib 2.276 writes; what `cdk-assets`
 * reads is made for it (`actions/readable-manifest.ts`).
 */
const defaults: Readonly<Record<Tool, InstalledTool>> = {
  'aws-cdk': {
    version: '2.1148.1',
    schema: 55,
    integrity: 'sha512-K3d02L17IwmAuiBWNuX1DzYhKUs9GrKYI7bZnGJfJ1bKz9ymXFxfudBOL3rUb8JAusDNSULiQU2fsJH7kyY2XA==',
  },
  'cdk-assets': {
    version: '4.7.3',
    integrity: 'sha512-8RC6CdrgnM0nO/VSPkIolCtEmbVeyuaormzMOuvO30hgZJeKy7dddSxvd9h7S4ZQVoAnlmmRAVnE00kkRktjGg==',
  },
};

export type Tool = 'aws-cdk' | 'cdk-assets';

export interface InstalledTool {
  readonly version: string;
  /** The newest major version of the schema of cloud assemblies that it reads; absent where it does not say. */
  readonly schema?: number;
  /** Of its package, as lock files write it; absent where no lock file names it, or where it is not in one package. */
  readonly integrity?: string;
}

/** The tool that the project's lock file names, as it is in node_modules, else the default. */
export function findTool(tool: Tool, projectDirectory: string): InstalledTool {
  const project = createRequire(join(projectDirectory, 'package.json'));
  const manifest = readManifest(project, tool);
  const version = manifest?.version;
  if (manifest === undefined || typeof version !== 'string' || !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
    return defaults[tool];
  return { version, ...schemaOf(manifest), ...integrityOf(tool, version, manifest, projectDirectory) };
}

function readManifest(project: NodeJS.Require, tool: Tool): Manifest | undefined {
  try {
    return Object(JSON.parse(readFileSync(project.resolve(`${tool}/package.json`), 'utf8'))) as Manifest;
  } catch {
    // Not installed in the project.
    return undefined;
  }
}

interface Manifest {
  readonly version?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** Only of a tool that is bundled: the integrity of one package says nothing of others that it needs. */
function integrityOf(
  tool: Tool,
  version: string,
  { dependencies = {} }: Manifest,
  projectDirectory: string,
): Pick<InstalledTool, 'integrity'> {
  if (Object.keys(dependencies).length > 0) return {};
  const known = defaults[tool];
  const locked = version === known.version ? known.integrity : findLockedIntegrity(projectDirectory, tool, version);
  // Checksums of Yarn from version 2 on are of archives that it makes itself: npm cannot compare them with anything.
  const [integrity] = /sha512-[A-Za-z0-9+/]{86}==/.exec(locked ?? '') ?? [];
  return integrity === undefined ? {} : { integrity };
}

/** The tools are bundled; what they were built with is named as published, `^38.0.0` in aws-cdk 2.163 and `>=55.5.0` in 2.1148. */
function schemaOf({ devDependencies = {} }: Manifest): Pick<InstalledTool, 'schema'> {
  const [, major] = /^\D*(\d+)\./.exec(String(devDependencies['@aws-cdk/cloud-assembly-schema'])) ?? [];
  return major === undefined ? {} : { schema: Number(major) };
}
