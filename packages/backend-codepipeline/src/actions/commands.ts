/** Draws a step that runs commands in a CodeBuild project of its own. */
import { findStep, refused } from '@cdkpipe/core';
import { drawProject } from '../codebuild/draw-project.ts';
import { type LaidInput, layInputs } from '../codebuild/lay-inputs.ts';
import { lookUpValues } from '../codebuild/look-up-values.ts';
import { machineOf } from '../codebuild/machine.ts';
import { sortVariables } from '../codebuild/variables.ts';
import type { ActionDeclaration, CodeBuildSpec } from '../contract.ts';
import { authoredStatements } from '../iam/statements.ts';
import { additionalArtifact, assemblyArtifact, sourceArtifact } from '../names/names.ts';
import { inputUnknown } from '../problems.ts';
import type { Drawing } from '../render/drawing.ts';
import { templateText } from '../text.ts';
import { carryValue } from '../values/carry-value.ts';
import type { StepNode } from './step-node.ts';

/** The workspace is the main source; further inputs lie in the directories they have in the build's. */
export function drawCommands(drawing: Drawing, node: StepNode, spec: CodeBuildSpec): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  const laid = findInputs(drawing, node, spec.inputs ?? []);
  const { commands, variables } = layInputs(laid);
  const keep = (text: string) => templateText(text, 'commands', place);
  const env = findStep(node)?.runIn ?? drawing.home;
  const sorted = sortVariables(spec.env ?? {}, {
    place,
    checkText: (text, option) => templateText(text, option, place),
    carry: (name, reference) => carryValue(drawing, { node, account: env.account, image: spec.image }, name, reference),
  });
  const lookUps = lookUpValues(drawing, sorted.lookUps);
  const work = {
    nodeId: node.id,
    runIn: env,
    description: `Runs the commands of ${node.id}`,
    category: spec.category,
    installCommands: [...commands, ...lookUps.commands, ...(spec.installCommands ?? []).map(keep)],
    commands: spec.commands.map(keep),
    variables: [...variables, ...lookUps.variables, ...sorted.variables],
    resolvedVariables: { ...lookUps.resolvedVariables, ...sorted.resolvedVariables },
    exports: spec.exports ?? [],
    inputs: [sourceArtifact, ...laid.map(({ artifact }) => artifact)] as const,
    grants: lookUps.grants,
    statements: authoredStatements(spec.rolePolicy ?? []),
    privileged: spec.privileged ?? false,
    restartsPipeline: node.type === 'build',
  };
  // A scope below the node's own, so that a renderer's constructs may have any name.
  const scope = new drawing.cdk.constructs.Construct(drawing.scopeOf(node.id, env), 'Commands');
  return drawProject(drawing, scope, { ...work, ...machineOf(spec) }, place);
}

function findInputs({ plan }: Drawing, node: StepNode, directories: readonly string[]): LaidInput[] {
  const known = new Map(
    plan.pipeline.additionalSources.map(({ directory }) => [directory, additionalArtifact(directory)]),
  );
  if (standsBehindBuild(plan, node)) known.set(plan.pipeline.build.output, assemblyArtifact);
  const unknown = directories.filter((directory) => !known.has(directory));
  if (unknown.length > 0) {
    const place = { path: node.path, node: node.id };
    throw refused(unknown.map((directory) => inputUnknown(directory, [...known.keys()], place)));
  }
  return [...new Set(directories)].map((directory) => ({ directory, artifact: known.get(directory) ?? '' }));
}

/** True for all but the steps that run before the build. */
function standsBehindBuild(plan: Drawing['plan'], node: StepNode): boolean {
  if (node.type !== 'build') return true;
  const place = plan.nodes.findIndex(({ id }) => id === node.id);
  const main = plan.nodes.findIndex((each) => each.type === 'build' && each.work.role === 'main');
  return place > main;
}
