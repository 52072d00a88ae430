/** Versions of the command line tools that the pipeline's own builds run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Used where the project does not have the tool itself. `aws-cdk` reads what aws-cdk-lib 2.276 writes; what `cdk-assets`
 * reads is made for it (`actions/readable-manifest.ts`).
 */
const defaults: Readonly<Record<Tool, InstalledTool>> = {
  'aws-cdk': { version: '2.1148.1', schema: 55 },
  'cdk-assets': { version: '4.7.3' },
};

export type Tool = 'aws-cdk' | 'cdk-assets';

export interface InstalledTool {
  readonly version: string;
  /** The newest major version of the schema of cloud assemblies that it reads; absent where it does not say. */
  readonly schema?: number;
}

/** The tool that the project's lock file names, as it is in node_modules, else the default. */
export function findTool(tool: Tool, projectDirectory: string): InstalledTool {
  const project = createRequire(join(projectDirectory, 'package.json'));
  try {
    const manifest = JSON.parse(readFileSync(project.resolve(`${tool}/package.json`), 'utf8')) as Manifest;
    const { version } = manifest;
    if (typeof version === 'string' && /^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
      return { version, ...schemaOf(manifest) };
  } catch {
    // Not installed in the project.
  }
  return defaults[tool];
}

interface Manifest {
  readonly version?: unknown;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** The tools are bundled; what they were built with is named as published, `^38.0.0` in aws-cdk 2.163 and `>=55.5.0` in 2.1148. */
function schemaOf({ devDependencies = {} }: Manifest): Pick<InstalledTool, 'schema'> {
  const [, major] = /^\D*(\d+)\./.exec(String(devDependencies['@aws-cdk/cloud-assembly-schema'])) ?? [];
  return major === undefined ? {} : { schema: Number(major) };
}

/** Installs the tool that uploads assets and hands docker the credentials of registries. */
export function installAssetTool(versionVariable: string): string {
  return `npm install --global --ignore-scripts "cdk-assets@$${versionVariable}"`;
}
