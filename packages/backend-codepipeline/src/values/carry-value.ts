/** How a value reaches the environment of a build: looked up there, or pasted in by CodePipeline. */
import { type BuildImage, type PlanNode, refused, type ValueReference } from '@cdkpipe/core';
import { isCuratedImage } from '../codebuild/build-image.ts';
import { freeTextInEnvironment } from '../problems/texts.ts';
import type { Drawing } from '../render/drawing.ts';
import { findOrigin, type ValueOrigin } from './find-origin.ts';

/** `text` stands in the action and is replaced by the value; `origin` is where the build looks it up. */
export type CarriedValue = { readonly text: string } | { readonly origin: ValueOrigin };

export interface BuildPlace {
  readonly node: PlanNode;
  readonly account: string;
  readonly image: BuildImage | undefined;
}

/**
 * CodePipeline pastes values into the JSON that holds the variables of an action and escapes nothing: a quotation mark
 * or a line break ends the text, and what follows may be read as further variables. So whatever may hold them is looked
 * up by the build, where that is possible: in the pipeline's account, in an image that has the AWS CLI.
 */
export function carryValue(
  drawing: Drawing,
  { node, account, image }: BuildPlace,
  name: string,
  reference: ValueReference,
): CarriedValue {
  const origin = findOrigin(drawing.plan, node, reference);
  const looksUp = account === drawing.home.account && isCuratedImage(image);
  if (looksUp && mayHoldAnything(reference)) {
    drawing.reads.note(origin, node);
    return { origin };
  }
  if (isWrittenByAnybody(reference)) throw refused([freeTextInEnvironment(name, { path: node.path, node: node.id })]);
  return { text: drawing.reads.textOf(origin, node) };
}

/** All but what AWS itself makes of letters, digits and a few signs. */
function mayHoldAnything(reference: ValueReference): boolean {
  return reference.$ref !== 'source' || ['commitMessage', 'branch'].includes(reference.attribute);
}

/** The message of a commit may come from outside of the team, by a pull request. */
function isWrittenByAnybody(reference: ValueReference): boolean {
  return reference.$ref === 'source' && reference.attribute === 'commitMessage';
}
