/** Versions of the command line tools that the pipeline's own builds run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Used where the project does not have the tool itself. `aws-cdk` reads what aws-cdk-lib 2.276 writes; what `cdk-assets`
 * reads is made for it (`actions/readable-manifest.ts`).
 */
const defaults = { 'aws-cdk': '2.1148.1', 'cdk-assets': '4.7.3' } as const;

export type Tool = keyof typeof defaults;

/** The version the project's lock file brings, as it lies in node_modules, else the default. */
export function toolVersion(tool: Tool, projectDirectory: string): string {
  const project = createRequire(join(projectDirectory, 'package.json'));
  try {
    const manifest: unknown = JSON.parse(readFileSync(project.resolve(`${tool}/package.json`), 'utf8'));
    const version = (manifest as { version?: unknown }).version;
    if (typeof version === 'string' && /^\d+\.\d+\.\d+[\w.+-]*$/.test(version)) return version;
  } catch {
    // Not installed in the project.
  }
  return defaults[tool];
}

/** Installs the tool that uploads assets and hands docker the credentials of registries. */
export function installAssetTool(versionVariable: string): string {
  return `npm install --global --ignore-scripts "cdk-assets@$${versionVariable}"`;
}
