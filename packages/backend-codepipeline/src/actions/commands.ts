/** Draws a step that runs commands in a CodeBuild project of its own. */
import { findStep, isGate, refused } from '@cdkpipe/core';
import { carryValue } from '../codebuild/carry-value.ts';
import { drawProject } from '../codebuild/draw-project.ts';
import { type LaidInput, layInputs } from '../codebuild/lay-inputs.ts';
import { lookUpValues } from '../codebuild/look-up-values.ts';
import { settingsOf } from '../codebuild/settings-of.ts';
import { findImage } from '../codebuild/settle-work.ts';
import { sortVariables } from '../codebuild/variables.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { StepNode } from '../drawing/step-node.ts';
import { authoredStatements } from '../iam/statements.ts';
import { sourceArtifact } from '../names/names.ts';
import { inputUnknown } from '../problems/builds.ts';
import { templateText } from '../values/text.ts';
import { directoriesFor, offerOutput } from './workspace.ts';

/** The workspace is the main source; further inputs lie in the directories they have in the build's. */
export function drawCommands(drawing: Drawing, node: StepNode, spec: CodeBuildSpec): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  const laid = findInputs(drawing, node, spec.inputs ?? []);
  const { commands, variables } = layInputs(laid);
  const keep = (text: string) => templateText(text, 'commands', place);
  const env = findStep(node)?.runIn ?? drawing.home;
  const image = findImage(drawing.context.options.codeBuildDefaults, 'steps', spec.image);
  const sorted = sortVariables(spec.env ?? {}, {
    place,
    checkText: (text, option) => templateText(text, option, place),
    carry: (name, reference) => carryValue(drawing, { node, image }, name, reference),
  });
  const lookUps = lookUpValues(drawing, { node, env: env }, sorted.lookUps);
  const work = {
    ...settingsOf(spec),
    nodeId: node.id,
    runIn: env,
    layer: 'steps' as const,
    description: `Runs the commands of ${node.id}`,
    category: spec.category,
    isGate: isGate(node),
    setup: [...commands, ...lookUps.commands],
    installCommands: (spec.installCommands ?? []).map(keep),
    commands: spec.commands.map(keep),
    variables: [...variables, ...lookUps.variables, ...sorted.variables],
    resolvedVariables: { ...lookUps.resolvedVariables, ...sorted.resolvedVariables },
    exports: spec.exports ?? [],
    inputs: [sourceArtifact, ...laid.map(({ artifact }) => artifact)] as const,
    ...(spec.output === undefined ? {} : { outputs: [offerOutput(drawing, node, spec.output)] as const }),
    grants: lookUps.grants,
    statements: authoredStatements(spec.rolePolicy ?? []),
    restartsPipeline: node.type === 'build',
  };
  // A scope below the node's own, so that a renderer's constructs may have any name.
  const scope = new drawing.cdk.constructs.Construct(drawing.scopeOf(node.id, env), 'Commands');
  return drawProject(drawing, scope, work, place);
}

function findInputs(drawing: Drawing, node: StepNode, directories: readonly string[]): LaidInput[] {
  const known = directoriesFor(drawing, node);
  const unknown = directories.filter((directory) => !known.has(directory));
  if (unknown.length > 0) {
    const place = { path: node.path, node: node.id };
    throw refused(unknown.map((directory) => inputUnknown(directory, [...known.keys()], place)));
  }
  return [...new Set(directories)].map((directory) => ({ directory, artifact: known.get(directory) ?? '' }));
}
