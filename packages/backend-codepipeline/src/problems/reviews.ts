/** Reviews that cannot say or do what they should. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const cannotPass = (kind: string, place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: `what was drawn for "${kind}" cannot pass by itself: \`passUnless\` is for a manual approval in \`changes\``,
  fix: 'leave `passUnless` out, or return category "Approval" and provider "Manual" for a step in `changes`',
  ...at(place),
});

/** @param field `passUnless` or `answeredBy` */
export const answerChanged = (field: string, place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: `a \`render\` hook changed \`${field}\`, which says whether a person answers`,
  fix: `let the hook leave \`${field}\` as it is; it belongs to the step`,
  ...at(place),
});

export const roomTooSmall = (room: number, least: number, place: Place): Problem => ({
  code: 'REVIEW_ROOM_TOO_SMALL',
  message: `what would change is to be said in ${room} characters`,
  fix: `give it a whole number of characters, ${least} at least`,
  ...at(place),
});

export const commentTooLong = (length: number, most: number, place: Place): Problem => ({
  code: 'COMMENT_TOO_LONG',
  message: `the comment has ${length} characters, ${length - most} more than fit beside what would change`,
  fix: `write at most ${most} characters; the rest of the 1,000 that CodePipeline shows is for the changes`,
  ...at(place),
});
