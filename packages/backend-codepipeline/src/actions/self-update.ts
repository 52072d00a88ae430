/** Draws the build that brings the pipeline up to date with the definition that was just built. */
import type { UpdateNode } from '@cdkpipe/core';
import { drawProject } from '../codebuild/draw-project.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import { assemblyArtifact } from '../names/names.ts';
import type { Drawing } from '../render/drawing.ts';
import { rolesToDeploy } from '../stacks/bootstrap-roles.ts';
import { toolVersion } from '../tool-versions.ts';

const install = 'npm install --global --ignore-scripts "aws-cdk@$CDKPIPE_TOOL_VERSION"';
const deploy = 'cdk --app . deploy "$CDKPIPE_STACK" --require-approval never --progress events --ci';

/**
 * Deploys the pipeline's stack and, as it depends on them, the support stacks: so it is drawn when those are known.
 * Where the pipeline changes, CloudFormation starts it anew.
 */
export function drawSelfUpdate(drawing: Drawing, node: UpdateNode): ActionDeclaration {
  const variables = {
    CDKPIPE_TOOL_VERSION: toolVersion('aws-cdk', drawing.context.projectDirectory),
    CDKPIPE_STACK: drawing.stack.stackName,
  };
  const { all, selfUpdate } = drawing.context.options.codeBuildDefaults ?? {};
  const docker = selfUpdate?.privileged ?? all?.privileged ?? false;
  const work = {
    nodeId: node.id,
    layer: 'selfUpdate' as const,
    description: `Updates the pipeline ${drawing.plan.pipeline.name}`,
    category: 'Build' as const,
    isGate: false,
    setup: [install],
    installCommands: [],
    commands: [deploy],
    variables: Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
    resolvedVariables: {},
    exports: [],
    inputs: [assemblyArtifact] as const,
    grants: [
      {
        actions: ['sts:AssumeRole'],
        resources: drawing.stacks.all().flatMap((stack) => rolesToDeploy(drawing.cdk, stack, { docker })),
        reason: "deploy the pipeline's own stacks as their bootstrap roles",
      },
    ],
    statements: [],
    restartsPipeline: false,
  };
  const place = { path: node.path, node: node.id };
  return drawProject(drawing, drawing.scopeOf(node.id, drawing.home), work, place);
}
