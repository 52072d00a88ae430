/** Renders a plan: what is drawn, in which order, and when others may change it. */
import { type CdkpipeError, isCdkpipeError, type Problem, type RenderContext, refuseIfAny } from '@cdkpipe/core';
import { checkAssembly } from '../check/check-assembly.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing, DrawnActions } from '../drawing/drawing.ts';
import { drawNotifications } from '../notifications/draw-notifications.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { drawReviews } from '../reviews/draw-reviews.ts';
import { drawTrigger } from '../sources/draw-trigger.ts';
import { callAuthor } from './call-author.ts';
import { createLast } from './create-last.ts';
import { drawAction } from './draw-action.ts';
import { drawPipeline } from './draw-pipeline.ts';
import { withImportedPipeline } from './imported-pipeline.ts';
import { startDrawing } from './start-drawing.ts';

export async function render(context: RenderContext<CodePipelineOptions>): Promise<readonly []> {
  refuseIfAny(checkAssembly(context.plan, context.assembly));
  const drawing = startDrawing(context);
  const actions = await drawActions(drawing);
  const before = new Set(drawing.stack.node.findAll());
  const pipeline = await drawPipeline(drawing, actions);
  const madeWithIt = new Set(drawing.stack.node.findAll().filter((construct) => !before.has(construct)));
  for (const node of context.plan.nodes)
    if (node.type === 'source' && node.directory === undefined) drawTrigger(drawing, node, pipeline);
  drawNotifications(drawing, context.options.notifications, actions);
  for (const store of drawing.stores.all()) store.finish();
  createLast(drawing, pipeline, madeWithIt);
  await context.emitRendering({ stack: drawing.stack, pipeline });
  const rendered = withImportedPipeline(drawing.cdk, drawing.stack, pipeline);
  await callAuthor('customize', () => context.options.customize?.(rendered));
  return [];
}

/** Draws every node, what updates the pipeline last: it must know every stack. All refusals are reported together. */
async function drawActions(drawing: Drawing): Promise<DrawnActions> {
  const { nodes } = drawing.plan;
  const actions = new Map<string, ActionDeclaration>();
  const problems: Problem[] = [];
  for (const node of [
    ...nodes.filter(({ type }) => type !== 'update'),
    ...nodes.filter(({ type }) => type === 'update'),
  ]) {
    drawing.context.signal.throwIfAborted();
    try {
      actions.set(node.id, await drawAction(drawing, node));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      problems.push(...error.problems);
    }
  }
  refuseIfAny(problems);
  drawing.reads.check(actions);
  drawReviews(drawing, actions);
  return actions;
}

function isRefusal(error: unknown): error is CdkpipeError {
  return isCdkpipeError(error) && error.source === 'user';
}
