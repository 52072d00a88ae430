/** Draws the build that uploads the assets a wave needs in one environment. */
import { environmentName, type PublishNode } from '@cdkpipe/core';
import { drawProject } from '../codebuild/draw-project.ts';
import type { ActionDeclaration } from '../contract.ts';
import { assemblyArtifact } from '../names/names.ts';
import type { Drawing } from '../render/drawing.ts';
import { roleArn } from '../stacks/bootstrap-roles.ts';
import { toolVersion } from '../tool-versions.ts';

const install = 'npm install --global --ignore-scripts "cdk-assets@$CDKPIPE_TOOL_VERSION"';
const publish = [
  'printf \'%s\\n\' "$CDKPIPE_MANIFESTS" |',
  'while IFS= read -r manifest; do cdk-assets --path "$manifest" publish || exit 1; done',
].join(' ');

export function drawPublish(drawing: Drawing, node: PublishNode): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  const variables = {
    CDKPIPE_TOOL_VERSION: toolVersion('cdk-assets', drawing.context.projectDirectory),
    CDKPIPE_MANIFESTS: node.manifests.join('\n'),
  };
  const work = {
    nodeId: node.id,
    layer: 'assets' as const,
    description: `Publishes assets to ${environmentName(node.env)}`,
    category: 'Build' as const,
    isGate: false,
    setup: [install],
    installCommands: [],
    commands: [publish],
    variables: Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
    resolvedVariables: {},
    exports: [],
    inputs: [assemblyArtifact] as const,
    grants: [
      {
        actions: ['sts:AssumeRole'],
        resources: node.roleArns.map((arn) => roleArn(drawing.cdk, arn, place)),
        reason: 'upload assets as the publishing roles their manifests name',
      },
    ],
    privileged: node.docker,
    statements: [],
    restartsPipeline: false,
  };
  return drawProject(drawing, drawing.scopeOf(node.id, drawing.home), work, place);
}
