/** Chooses the `cdk` command that updates the pipeline, and refuses one that could not read the cloud assembly. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RenderContext, refused } from '@cdkpipe/core';
import type * as assemblySchema from 'aws-cdk-lib/cloud-assembly-schema';
import { cliTooOld } from '../problems/builds.ts';
import { findTool, type InstalledTool } from '../tools/tool-versions.ts';

/**
 * The command. It reads the assemblies of all deployments before it deploys the pipeline's stacks.
 *
 * @throws CdkpipeError (`source: 'user'`) where the command is older than the schema of one of them
 */
export function updatingCli(context: RenderContext): InstalledTool {
  const tool = findTool('aws-cdk', context.projectDirectory);
  const { version, schema } = tool;
  const written = Math.max(...schemasOf(context));
  if (schema !== undefined && written > schema)
    throw refused([cliTooOld({ version, schema, written, cdk: context.cdk.version })]);
  return tool;
}

/** Major versions, as the CDK refuses a manifest by these alone: that of the project's library, and those of copied assemblies. */
function schemasOf({ app, assembly, cdk }: RenderContext): number[] {
  const { Manifest } = cdk.require('aws-cdk-lib/cloud-assembly-schema') as typeof assemblySchema;
  const manifests = assembly.deployments.map(({ directory }) => join(app.outdir, directory, 'manifest.json'));
  const copied = manifests.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const versions = [Manifest.version(), ...copied.map((text) => (JSON.parse(text) as { version: string }).version)];
  return versions.map((version) => Number.parseInt(version, 10));
}
