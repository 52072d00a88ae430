/** Binds a decision to the change sets it was made about. */
import { createHash } from 'node:crypto';
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { canonicalJson } from './json.ts';

/**
 * SHA-256, in 64 hex digits, of everything that would be executed. The order in which AWS lists change sets, changes
 * and details does not count; another change set with the same changes does, as its ARN is another.
 */
export function digestOf(changeSets: readonly ChangeSet[]): string {
  const parts = changeSets.map(({ stack, id, isEmpty, isMissing, executionStatus, changes, after }) =>
    canonicalJson({
      stack,
      id,
      isEmpty,
      isMissing,
      executionStatus,
      changes: changes.map(spell).sort(),
      after: after === undefined ? undefined : canonicalJson(after),
    }),
  );
  return createHash('sha256').update(canonicalJson(parts.sort())).digest('hex');
}

function spell({ details = [], ...change }: ResourceChange): string {
  return canonicalJson({ ...change, details: details.map(canonicalJson).sort() });
}
