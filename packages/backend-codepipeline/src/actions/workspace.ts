/** The directories that may lie in a workspace beside the main source, and what fills them. */
import { type BuildNode, isInsideWorkspace, overlaps, refused, settledBefore } from '@cdkpipe/core';
import type { StepOutput } from '../contract/code-build-spec.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { StepNode } from '../drawing/step-node.ts';
import { additionalArtifact, assemblyArtifact, outputArtifact } from '../names/names.ts';
import { stepOutputMisplaced, stepOutputTaken, stepOutputUnsafe } from '../problems/builds.ts';

/** Artifacts by directory: additional sources, and what has certainly been made when the node starts. */
export function directoriesFor(drawing: Drawing, node: StepNode | BuildNode): ReadonlyMap<string, string> {
  const { plan } = drawing;
  const earlier = settledBefore(plan, node);
  const main = plan.nodes.find((each) => each.type === 'build' && each.work.role === 'main');
  return new Map([
    ...plan.pipeline.additionalSources.map(({ directory }) => [directory, additionalArtifact(directory)] as const),
    ...[...drawing.stepOutputs]
      .filter(([, { maker }]) => earlier.has(maker))
      .map(([directory, { artifact }]) => [directory, artifact] as const),
    ...(main && earlier.has(main.id) ? [[plan.pipeline.build.output, assemblyArtifact] as const] : []),
  ]);
}

/** Lets later nodes take what a step leaves behind. */
export function offerOutput(drawing: Drawing, node: StepNode, output: StepOutput) {
  const place = { path: node.path, node: node.id };
  const { from, to } = typeof output === 'string' ? { from: output, to: output } : output;
  if (node.type !== 'build') throw refused([stepOutputMisplaced(place)]);
  const unsafe = [from, to].find((directory) => !isInsideWorkspace(directory));
  if (unsafe !== undefined) throw refused([stepOutputUnsafe(unsafe, place)]);
  const { additionalSources, build } = drawing.plan.pipeline;
  const taken = [build.output, ...additionalSources.map(({ directory }) => directory), ...drawing.stepOutputs.keys()];
  const other = taken.find((directory) => overlaps(directory, to));
  if (other !== undefined) throw refused([stepOutputTaken(to, other, place)]);
  const artifact = outputArtifact(to);
  drawing.stepOutputs.set(to, { artifact, maker: node.id });
  return { artifact, directory: from };
}
