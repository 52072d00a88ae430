/** Makes names of actions from the names of what they act on. */
import { createHash } from 'node:crypto';
import { actionNameTaken } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { nameKey } from '../model/names.ts';
import type { PlanNode } from '../plan/node.ts';

const maxLength = 100;

/**
 * Joins parts with dots. `/` becomes a dot too, other characters that a name cannot have become `@` and four hex
 * digits; what is longer than 100 characters ends in a hash of the whole. That two names stay apart is checked by
 * {@link checkActionNames}.
 */
export function actionName(...parts: readonly string[]): string {
  const name = parts
    .join('.')
    .replaceAll('/', '.')
    .replace(/[^A-Za-z0-9.@_-]/g, (char) => `@${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, maxLength - hash.length - 1)}.${hash}`;
}

/** Names that two nodes of one group share, by case or not. */
export function checkActionNames(nodes: readonly PlanNode[]): Problem[] {
  const holders = new Map<string, PlanNode>();
  return nodes.flatMap((node) => {
    const key = `${node.group}/${nameKey(node.name)}`;
    const holder = holders.get(key);
    holders.set(key, node);
    return holder ? [actionNameTaken(node.path, node.name, node.group, holder.path)] : [];
  });
}
