/** What change sets read of other stacks only while they execute, and what they do not read again. */
import type { ChangeSet } from './change-set.ts';
import { changesThatCount } from './effect.ts';
import { canonicalJson } from './json.ts';
import { type LateValue, lateValuesOf } from './late-values.ts';
import { whyOutputMayChange } from './output-changes.ts';
import { findResource } from './template.ts';

/** A value that no change set shows and no digest binds. */
export interface LateRead extends LateValue {
  /** The stack that takes the value. */
  readonly stack: string;
  /**
   * `read`: it is read when the change set executes. `kept`: nothing that takes it is updated, so that what was read before
   * stays. `stale`: the same, and a change set of the same report may change the output.
   */
  readonly fate: 'read' | 'kept' | 'stale';
  /** Present for `read` where nothing but the metadata of the resource changes: it is updated only to read the value again. */
  readonly again?: true;
  /** For `stale`: the end of a sentence, such as `whose Table would be replaced`. */
  readonly because?: string;
}

/** Values that stay as they were, of a stack whose change set shows that, are left out. */
export function lateReadsOf(changeSets: readonly ChangeSet[]): LateRead[] {
  return changeSets.flatMap((changeSet) => {
    const template = changeSet.isEmpty ? changeSet.before : changeSet.after;
    return template ? lateValuesOf(template).flatMap((value) => readOf(value, changeSet, changeSets)) : [];
  });
}

function readOf(value: LateValue, changeSet: ChangeSet, all: readonly ChangeSet[]): LateRead[] {
  const { stack } = changeSet;
  if (isReadAgain(value, changeSet))
    return [{ stack, ...value, fate: 'read', ...(hasSameProperties(value, changeSet) ? { again: true } : {}) }];
  const maker = all.find((other) => other.stack === value.from);
  if (maker === undefined) return [{ stack, ...value, fate: 'kept' }];
  const because = whyOutputMayChange(maker, value.output);
  return because === undefined ? [] : [{ stack, ...value, fate: 'stale', because }];
}

function hasSameProperties({ resource = '' }: LateValue, { before, after }: ChangeSet): boolean {
  const [old, next] = [before, after].map((template) => template && findResource(template, resource));
  const without = (each: object) => canonicalJson({ ...each, Metadata: null });
  return old !== undefined && next !== undefined && without(old) === without(next);
}

/** AWS documents that the value is read when the stack is updated, not that a resource is updated for its sake. */
function isReadAgain({ resource }: LateValue, changeSet: ChangeSet): boolean {
  if (changeSet.isEmpty) return false;
  return resource === undefined || changesThatCount(changeSet).some(({ logicalId }) => logicalId === resource);
}
