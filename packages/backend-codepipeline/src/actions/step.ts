/** Has the renderer of a step's kind draw its action. */
import { findStep } from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract.ts';
import type { Drawing } from '../render/drawing.ts';
import { readAction } from './read-action.ts';
import { stepContext } from './step-context.ts';
import type { StepNode } from './step-node.ts';

export async function drawStep(drawing: Drawing, node: StepNode): Promise<ActionDeclaration> {
  const drawn = await drawing.context.renderStep(node, stepContext(drawing, node));
  return readAction(drawn, findStep(node)?.kind ?? node.type, { path: node.path, node: node.id });
}
