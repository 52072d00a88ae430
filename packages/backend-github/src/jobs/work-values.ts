/** The values that a job takes from others. */
import { findReferences, type PlanNode, type ValueReference } from '@cdkpipe/core';
import type { GitHubWork } from '../contract/github-work.ts';

/** Each reference once, in document order. */
export function valuesOf(node: PlanNode, work: GitHubWork | undefined): ValueReference[] {
  const found = findReferences(referring(node, work)).map(({ reference }) => reference);
  const known = new Map(found.map((reference) => [JSON.stringify(reference), reference]));
  return [...known.values()];
}

function referring(node: PlanNode, work: GitHubWork | undefined): unknown {
  if (node.type === 'build' && node.work.role === 'main') return node.work.build.env;
  switch (work?.type) {
    case 'approval':
      return [work.comment, work.link];
    case 'commands':
      return work.env;
    case 'function':
      return work.payload;
    case undefined:
      return undefined;
  }
}
