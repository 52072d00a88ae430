/** The outline of a plan as somebody wants to see it. */
import { refuseIfAny } from '@cdkpipe/core';
import type { PlanReport } from '@cdkpipe/core/host';
import { deploymentNotPlanned, stageUnknown } from '../problems/problems.ts';
import { filterOutline, type OutlineFilter } from './filter-outline.ts';
import type { Outline } from './outline.ts';
import { outlinePlan } from './outline-plan.ts';

export interface PlanWish {
  readonly filter: OutlineFilter;
  readonly summary: boolean;
}

/** @throws CdkpipeError (`source: 'user'`) with all names of the filter that the plan does not have */
export function shownOutline({ plan, layout }: PlanReport, { filter }: PlanWish): Outline {
  const outline = outlinePlan(plan, layout);
  const stages = outline.stages.map(({ name }) => name);
  const actions = outline.stages.flatMap((stage) => stage.actions);
  const deployments = [...new Set(actions.flatMap(({ deployment }) => deployment ?? []))];
  refuseIfAny([
    ...filter.stages.filter((name) => !stages.includes(name)).map((name) => stageUnknown(name, stages)),
    ...filter.deployments
      .filter((name) => !deployments.includes(name))
      .map((name) => deploymentNotPlanned(name, deployments)),
  ]);
  return filterOutline(outline, filter);
}
