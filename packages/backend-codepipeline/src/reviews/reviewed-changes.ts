/** What a renderer may show of the change sets that its step reviews. */
import { type ReviewNode, refused } from '@cdkpipe/core';
import { limits } from '../aws/limits.ts';
import type { ReviewedChanges } from '../contract/reviewed-changes.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { namespaceOf } from '../names/names.ts';
import { commentTooLong, roomTooSmall } from '../problems/reviews.ts';
import { reviewSetId } from '../stages/expand-plan.ts';
import { digestVariable, type RequestedText } from './function/contract.ts';

/** Less says too little: the counts alone take up to 130 characters. */
export const leastRoom = 150;
const digestLength = 64;
const digestLabel = 'sha256 of the change sets: ';
/** What a variable in the author's text may become. */
const variableLength = 100;
const gap = '\n\n';

export function reviewedChanges(drawing: Drawing, node: ReviewNode): ReviewedChanges {
  const set = reviewSetId(node, drawing.plan.nodes);
  const place = { path: node.path, node: node.id };
  const variable = (name: string) => `#{${namespaceOf(`${set}:report`)}.${name}}`;
  const ask = (text: RequestedText) => {
    if (!Number.isInteger(text.room) || text.room < leastRoom)
      throw refused([roomTooSmall(text.room, leastRoom, place)]);
    return variable(drawing.texts.ask(set, text));
  };
  const digest = variable(digestVariable);
  return {
    digest,
    summary: (room) => ask({ about: 'summary', room }),
    findings: (room) => ask({ about: 'findings', room }),
    comment(text, about) {
      const before = text === '' ? '' : `${text}${gap}`;
      const length = before.replaceAll(/#\{[^}]*\}/g, (found) => found.padEnd(variableLength)).length;
      const fixed = length + gap.length + digestLabel.length + Math.max(digestLength, digest.length);
      const room = limits.configurationValue.max - fixed;
      if (room < leastRoom) throw refused([commentTooLong(text.length, text.length + room - leastRoom, place)]);
      return `${before}${ask({ about, room })}${gap}${digestLabel}${digest}`;
    },
  };
}
