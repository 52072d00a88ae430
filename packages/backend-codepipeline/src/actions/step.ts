/** Has the renderer of a step's kind draw its action. */
import { findStep, pluginFailed } from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { StepNode } from '../drawing/step-node.ts';
import { cannotPass } from '../problems/reviews.ts';
import { readAction } from './read-action.ts';
import { stepContext } from './step-context.ts';

export function drawStep(drawing: Drawing, node: StepNode): Promise<ActionDeclaration> {
  const kind = findStep(node)?.kind ?? node.type;
  const place = { path: node.path, node: node.id };
  return drawing.context.renderStep(node, stepContext(drawing, node), (drawn) => {
    const action = readAction(drawn, kind, place);
    if (action.passUnless && !canPass(node, action)) throw pluginFailed([cannotPass(kind, place)]);
    return action;
  });
}

/** Only a manual approval of change sets can pass by itself: nothing else waits for an answer and knows the changes. */
function canPass(node: StepNode, { category, owner = 'AWS', provider }: ActionDeclaration): boolean {
  return node.type === 'review' && category === 'Approval' && owner === 'AWS' && provider === 'Manual';
}
