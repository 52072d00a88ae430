/** Whether a question need not be put: the changes it is about are none that a person is to look at. */
import type { LocalContext, LocalQuestion, StackChange } from '../contract/renderer.ts';

/** @returns what is said in place of an answer; undefined where a person decides */
export function passByItself({ passUnless }: LocalQuestion, { node, changes }: LocalContext): string | undefined {
  if (passUnless === undefined || node.type !== 'review') return undefined;
  // Changes that are not known cannot be harmless.
  const isWhole = node.stacks.every((stack) => changes.some((change) => change.stack === stack));
  const concerns = new Set<string>(passUnless);
  const isFound = changes.some(({ findings }) => findings.some(({ concern }) => concerns.has(concern)));
  const isChanged = concerns.has('changes') && changes.some(changesAnything);
  if (!isWhole || isFound || isChanged) return undefined;
  return concerns.has('changes') ? 'nothing changes' : `no finding about ${passUnless.join(' or ')}`;
}

function changesAnything({ resources, others, isNew }: StackChange): boolean {
  return isNew || resources.length > 0 || others.length > 0;
}
