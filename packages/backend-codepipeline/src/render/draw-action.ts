/** Draws the action of one node. */
import { type PlanNode, pluginFailed } from '@cdkpipe/core';
import { drawMainBuild } from '../actions/main-build.ts';
import { drawPublish } from '../actions/publish.ts';
import { readAction } from '../actions/read-action.ts';
import { drawSelfUpdate } from '../actions/self-update.ts';
import { drawExecute, drawPrepare, readHookedInputs } from '../actions/stack-action.ts';
import { drawStep } from '../actions/step.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { checkLocation } from '../environments/check-location.ts';
import { answerChanged } from '../problems/reviews.ts';
import { drawSource } from '../sources/draw-source.ts';

/** The finished action, as the `render` hook leaves it. */
export async function drawAction(drawing: Drawing, node: PlanNode): Promise<ActionDeclaration> {
  const drawn = await draw(drawing, node);
  const action = await drawing.context.emitAction(node, drawn, (hooked, before) => readHooked(hooked, before, node));
  checkLocation(drawing, node, action);
  if (action !== drawn) readHookedInputs(drawing, action);
  // CodePipeline wants a bucket in each region where an action works, even one without artifacts. It is made now, as what
  // updates the pipeline has to know every stack.
  if (action.region !== undefined) drawing.stores.in(action.region);
  return action;
}

function readHooked(hooked: unknown, drawn: ActionDeclaration, node: PlanNode): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  const read = readAction(hooked, node.type, place);
  // Whether a person decides is the author's word, not a hook's.
  for (const field of ['passUnless', 'answeredBy'] as const)
    if (JSON.stringify(read[field]) !== JSON.stringify(drawn[field])) throw pluginFailed([answerChanged(field, place)]);
  return read;
}

function draw(drawing: Drawing, node: PlanNode): ActionDeclaration | Promise<ActionDeclaration> {
  switch (node.type) {
    case 'source':
      return drawSource(drawing, node);
    case 'build':
      return node.work.role === 'main' ? drawMainBuild(drawing, node, node.work.build) : drawStep(drawing, node);
    case 'update':
      return drawSelfUpdate(drawing, node);
    case 'publish':
      return drawPublish(drawing, node);
    case 'prepare':
      return drawPrepare(drawing, node);
    case 'execute':
      return drawExecute(drawing, node);
    case 'review':
    case 'approve':
      return drawStep(drawing, node);
  }
}
