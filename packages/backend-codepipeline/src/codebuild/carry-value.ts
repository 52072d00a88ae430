/** How a value reaches the environment of a build: looked up there, or pasted in by CodePipeline. */
import { type BuildImage, type PlanNode, referenceText, refused, type ValueReference } from '@cdkpipe/core';
import type { Drawing } from '../drawing/drawing.ts';
import { freeTextInEnvironment } from '../problems/texts.ts';
import { findOrigin, type ValueOrigin } from '../values/find-origin.ts';
import { mayHoldQuotes } from '../values/plain-values.ts';
import { isCuratedImage } from './build-image.ts';

/** `text` stands in the action and is replaced by the value; `origin` is where the build looks it up. */
export type CarriedValue = { readonly text: string } | { readonly origin: ValueOrigin };

export interface BuildPlace {
  readonly node: PlanNode;
  readonly image: BuildImage | undefined;
}

/**
 * CodePipeline pastes values into the JSON that holds the variables of an action and escapes nothing: a quotation mark
 * or a line break ends the text, and what follows is read as further variables, `BASH_ENV` for example. So only values
 * that AWS itself makes of a known set of characters are pasted. The build looks up every other value, which takes an
 * image that has the AWS CLI.
 *
 * @throws CdkpipeError `FREE_TEXT_IN_ENVIRONMENT` where a value can neither be pasted nor looked up
 */
export function carryValue(
  drawing: Drawing,
  { node, image }: BuildPlace,
  name: string,
  reference: ValueReference,
): CarriedValue {
  const origin = findOrigin(drawing.plan, node, reference);
  if (!mayHoldQuotes(reference)) return { text: drawing.reads.textOf(origin, node) };
  if (!isCuratedImage(image))
    throw refused([freeTextInEnvironment(name, referenceText(reference), { path: node.path, node: node.id })]);
  drawing.reads.note(origin, node);
  return { origin };
}
