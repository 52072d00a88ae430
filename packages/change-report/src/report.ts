/** Change sets → what would change, what of it asks for a person, and the digest that a decision is bound to. */
import type { ChangeSet } from './change-set.ts';
import { digestOf } from './digest.ts';
import { changesThatCount, type Effect, effectOf, effects } from './effect.ts';
import type { Finding } from './finding.ts';
import { canonicalJson } from './json.ts';
import { type LateRead, lateReadsOf } from './late-reads.ts';
import { permissionChanges } from './permission-changes.ts';
import { statefulRisks } from './stateful-risks.ts';

export interface ReportedResource {
  readonly effect: Effect;
  readonly logicalId: string;
  readonly type: string;
}

export interface ReportedStack {
  readonly stack: string;
  /** True where its change set holds nothing at all. */
  readonly isUnchanged: boolean;
  readonly resources: readonly ReportedResource[];
}

export interface ChangeReport {
  /** SHA-256 of the change sets. */
  readonly digest: string;
  /** True where every change set is empty; a change of outputs or tags alone is a change. */
  readonly isUnchanged: boolean;
  readonly counts: Readonly<Record<Effect, number>>;
  readonly stacks: readonly ReportedStack[];
  readonly findings: readonly Finding[];
  /** Values of other stacks that the change sets do not hold, so that the digest does not bind them. */
  readonly lateReads: readonly LateRead[];
}

export function reportChanges(changeSets: readonly ChangeSet[]): ChangeReport {
  const stacks = changeSets.map(reportStack);
  const resources = stacks.flatMap((each) => each.resources);
  return {
    digest: digestOf(changeSets),
    isUnchanged: stacks.every(({ isUnchanged }) => isUnchanged),
    counts: Object.fromEntries(
      effects.map((effect) => [effect, resources.filter((each) => each.effect === effect).length]),
    ) as Record<Effect, number>,
    stacks,
    findings: [...changeSets.flatMap(statefulRisks), ...changeSets.flatMap(permissionChanges)],
    lateReads: lateReadsOf(changeSets),
  };
}

function reportStack(changeSet: ChangeSet): ReportedStack {
  const { stack, isEmpty, changes } = changeSet;
  const counted = changesThatCount(changeSet);
  return {
    stack,
    // Where only nested stacks were visited again, nothing is left that would change.
    isUnchanged: isEmpty || (changes.length > 0 && counted.length === 0 && haveSameRest(changeSet)),
    resources: counted.map((change) => ({
      effect: effectOf(change),
      logicalId: change.logicalId,
      type: change.type,
    })),
  };
}

/** True where the templates are equal, so that no output changes either. */
function haveSameRest({ before, after }: ChangeSet): boolean {
  return before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after);
}
