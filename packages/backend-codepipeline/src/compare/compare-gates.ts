/**
 * What became of the gates of a pipeline. A template does not say which of its actions are gates, so whatever can stop a
 * deployment by a decision or a check counts as one; too much is listed rather than too little.
 */
import { type GateChange, groupNames } from '@cdkpipe/core';
import { isBefore } from '../inspect/check-artifacts.ts';
import type { EmittedAction } from '../inspect/read-template.ts';
import { type ActionPairs, placeOf } from './compare-actions.ts';

export function compareGates(pairs: ActionPairs): GateChange[] {
  const { removed, added, stayed } = pairs;
  const next = new Map(stayed.map(({ before, after }) => [before, after]));
  const deployed = stayed.filter(({ before }) => before.category === 'Deploy');
  const releasedBy = (gate: EmittedAction) =>
    deployed
      .filter(({ before }) => isBefore(gate, before))
      .filter(({ after }) => {
        const now = next.get(gate);
        return now === undefined || !isBefore(now, after);
      })
      .map(({ after }) => placeOf(after));
  const weakened = stayed
    .filter(({ before }) => isGateLike(before))
    .map(({ before, after }) => ({ change: 'weakened', name: placeOf(after), released: releasedBy(before) }) as const)
    .filter(({ released }) => released.length > 0);
  const changed = stayed.filter(({ before, after }) => isGateLike(before) && decisionOf(before) !== decisionOf(after));
  return [
    ...removed
      .filter(isGateLike)
      .map((gate) => ({ change: 'vanished', name: placeOf(gate), released: releasedBy(gate) }) as const),
    ...weakened,
    ...added.filter(isPass).map((action) => ({ change: 'bypassable', name: passedBy(action), released: [] }) as const),
    ...changed.map(({ after }) => ({ change: 'changed', name: placeOf(after), released: [] }) as const),
    ...added.filter(isGateLike).map((gate) => ({ change: 'added', name: placeOf(gate), released: [] }) as const),
  ];
}

const decidingCategories: ReadonlySet<string> = new Set(['Approval', 'Build', 'Compute', 'Invoke', 'Test']);

/** What passes an approval by itself, named by `stages/expand-plan.ts`; what reports and verifies changes holds a review up. */
const pass = /@Pass(?:-[0-9a-f]+)?$/;
/** No step of an author has such a name. */
const publisher = /^Publish\.\d{12}\./;

/** The steps around the build hold no deployment back that the build itself would not, and neither does the update. */
function isGateLike({ category, name, stage }: EmittedAction): boolean {
  if (!decidingCategories.has(category) || pass.test(name) || publisher.test(name)) return false;
  const isUpdate = stage === groupNames.update && name === groupNames.update;
  return category === 'Approval' || !(stage === groupNames.source || stage === groupNames.build || isUpdate);
}

/** Who or what decides: a person, or the project or function that is named. */
function decisionOf({ category, provider, configuration }: EmittedAction): string {
  const { ProjectName, FunctionName } = configuration;
  return JSON.stringify([category, provider, ProjectName, FunctionName]);
}

/** It stands beside an approval, which it may pass by itself. */
function isPass({ name }: EmittedAction): boolean {
  return pass.test(name);
}

function passedBy({ stage, name }: EmittedAction): string {
  return `${stage}/${name.replace(pass, '')}`;
}
