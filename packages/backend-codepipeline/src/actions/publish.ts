/** Draws the build that uploads assets a wave needs in one environment. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentName, type PublishNode } from '@cdkpipe/core';
import { drawProject } from '../codebuild/draw-project.ts';
import type { ActionDeclaration } from '../contract.ts';
import { assemblyArtifact, publishListFile } from '../names/names.ts';
import type { Drawing } from '../render/drawing.ts';
import { roleArn } from '../stacks/bootstrap-roles.ts';
import { installAssetTool, toolVersion } from '../tool-versions.ts';

// Manifests and selectors reach the tool as arguments of their own, whatever their characters.
const publish = [
  "tr '\\n' '\\000' < \"$CDKPIPE_ASSETS\" |",
  'xargs -0 -n 2 -P "$CDKPIPE_CONCURRENCY" sh -c \'cdk-assets --path "$0" publish "$1"\'',
].join(' ');

export function drawPublish(drawing: Drawing, node: PublishNode): ActionDeclaration {
  const { cdk, context } = drawing;
  const place = { path: node.path, node: node.id };
  const variables = {
    CDKPIPE_TOOL_VERSION: toolVersion('cdk-assets', context.projectDirectory),
    CDKPIPE_ASSETS: writeList(context.app.outdir, node),
    CDKPIPE_CONCURRENCY: String(context.options.assets.concurrency),
  };
  const work = {
    nodeId: node.id,
    layer: 'assets' as const,
    description: `Publishes assets to ${environmentName(node.env)}`,
    category: 'Build' as const,
    isGate: false,
    setup: [installAssetTool('CDKPIPE_TOOL_VERSION')],
    installCommands: [],
    commands: [publish],
    variables: Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
    resolvedVariables: {},
    exports: [],
    inputs: [assemblyArtifact] as const,
    grants: [
      {
        actions: ['sts:AssumeRole'],
        resources: node.roleArns.map((arn) => roleArn(cdk, arn, place)),
        reason: 'upload assets as the publishing roles their manifests name',
      },
    ],
    privileged: node.docker,
    statements: [],
    restartsPipeline: false,
  };
  return drawProject(drawing, drawing.scopeOf(node.id, drawing.home), work, place);
}

/**
 * Writes what to publish into the assembly, a line each for manifest and selector, and returns the file's path there. It
 * does not stand in the project, which therefore stays the same when only the content of assets changes.
 */
function writeList(assemblyDirectory: string, node: PublishNode): string {
  const file = publishListFile(node.id);
  const path = join(assemblyDirectory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, node.assets.map(({ manifest, selector }) => `${manifest}\n${selector}\n`).join(''));
  return file;
}
