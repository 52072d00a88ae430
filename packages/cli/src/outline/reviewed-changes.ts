/** The order and the words of the changes that an approver reads, on a terminal and on a page. */
import type { ReviewedStack } from '@cdkpipe/backend-local/engine';

export type ReviewedResource = ReviewedStack['resources'][number];
type Action = ReviewedResource['action'];
type Findings = ReviewedStack['findings'];

export const signs: Readonly<Record<Action, string>> = { add: '+', modify: '~', replace: '!', remove: '-' };

const words: Readonly<Record<Action, string>> = {
  remove: 'to remove',
  replace: 'to replace',
  modify: 'to change',
  add: 'to add',
};
const actions = Object.keys(words) as Action[];

export function gravestFirst(resources: readonly ReviewedResource[]): ReviewedResource[] {
  return actions.flatMap((action) => resources.filter((each) => each.action === action));
}

/** `1 to replace, 2 to add` */
export function totalsOf(resources: readonly ReviewedResource[]): string {
  const parts = actions.flatMap((action) => {
    const count = resources.filter((each) => each.action === action).length;
    return count === 0 ? [] : [`${count} ${words[action]}`];
  });
  return parts.length === 0 ? 'no resource changes' : parts.join(', ');
}

/** Findings that no row of the table of IAM statements shows. */
export function findingsBesideTable(changes: readonly ReviewedStack[]): { stateful: Findings; permissions: Findings } {
  const findings = changes.flatMap(({ findings, permissions = [] }) => {
    const inTable = new Set(permissions.map(({ logicalId }) => logicalId));
    return findings.filter(({ isStatement, resource = '' }) => !(isStatement && inTable.has(resource)));
  });
  return {
    stateful: findings.filter(({ concern }) => concern === 'stateful'),
    permissions: findings.filter(({ concern }) => concern === 'permissions'),
  };
}
