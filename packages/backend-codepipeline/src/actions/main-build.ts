/** Draws the build that makes the cloud assembly. */
import type { Build, BuildNode } from '@cdkpipe/core';
import { carryValue } from '../codebuild/carry-value.ts';
import { drawProject } from '../codebuild/draw-project.ts';
import { layInputs } from '../codebuild/lay-inputs.ts';
import { lookUpValues } from '../codebuild/look-up-values.ts';
import { runScript } from '../codebuild/run-script.ts';
import { settingsOf } from '../codebuild/settings-of.ts';
import { findImage } from '../codebuild/settle-work.ts';
import { sortVariables } from '../codebuild/variables.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { authoredStatements } from '../iam/statements.ts';
import { assemblyArtifact, sourceArtifact } from '../names/names.ts';
import { templateText } from '../values/text.ts';
import { templatesOutput } from './templates-output.ts';
import { directoriesFor } from './workspace.ts';

export function drawMainBuild(drawing: Drawing, node: BuildNode, build: Build): ActionDeclaration {
  const { pipeline } = drawing.plan;
  const place = { path: node.path, node: node.id };
  const laid = [...directoriesFor(drawing, node)].map(([directory, artifact]) => ({ directory, artifact }));
  const { commands, variables } = layInputs(laid);
  const script = runScript(build.script);
  const keep = (text: string) => templateText(text, 'commands', place);
  const image = findImage(drawing.context.options.codeBuildDefaults, 'build', build.image);
  const sorted = sortVariables(build.env, {
    place,
    checkText: (text, option) => templateText(text, option, place),
    carry: (name, reference) => carryValue(drawing, { node, image }, name, reference),
  });
  const lookUps = lookUpValues(drawing, { node, env: drawing.home }, sorted.lookUps);
  const work = {
    ...settingsOf(build),
    nodeId: node.id,
    layer: 'build' as const,
    description: `Builds ${pipeline.name}`,
    category: 'Build' as const,
    isGate: false,
    setup: [...commands, ...lookUps.commands],
    installCommands: build.installCommands.map(keep),
    commands: [...script.commands, ...build.commands.map(keep)],
    variables: [...variables, ...lookUps.variables, ...script.variables, ...sorted.variables],
    resolvedVariables: { ...lookUps.resolvedVariables, ...sorted.resolvedVariables },
    exports: build.exports ?? [],
    inputs: [sourceArtifact, ...laid.map(({ artifact }) => artifact)] as const,
    outputs: [
      { artifact: assemblyArtifact, directory: build.output },
      ...templatesOutput(drawing, build.output),
    ] as const,
    grants: lookUps.grants,
    statements: authoredStatements(build.rolePolicy),
    restartsPipeline: true,
  };
  return drawProject(drawing, drawing.scopeOf(node.id, drawing.home), work, place);
}
