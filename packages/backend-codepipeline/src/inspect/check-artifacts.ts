/** Follows every artifact from the action that makes it to those that take it. */
import type { Problem } from '@cdkpipe/core';
import { artifactTwice, artifactWithoutProducer } from '../problems/emitted.ts';
import { type EmittedAction, nameOfAction } from './read-template.ts';

/** Artifacts that nothing makes, that are made too late, or that two actions make. */
export function checkArtifacts(actions: readonly EmittedAction[]): Problem[] {
  const producers = new Map<string, EmittedAction>();
  const problems: Problem[] = [];
  for (const action of actions) {
    for (const output of action.outputs) {
      if (producers.has(output)) problems.push(artifactTwice(output, nameOfAction(action)));
      else producers.set(output, action);
    }
  }
  for (const action of actions) {
    for (const input of action.inputs) {
      const producer = producers.get(input);
      if (!producer || !isBefore(producer, action)) problems.push(artifactWithoutProducer(input, nameOfAction(action)));
    }
  }
  return problems;
}

/** True where CodePipeline starts `b` only when `a` has succeeded. */
export function isBefore(a: EmittedAction, b: EmittedAction): boolean {
  return a.stageIndex < b.stageIndex || (a.stageIndex === b.stageIndex && a.runOrder < b.runOrder);
}
