/** The part of an outline that somebody asks for. Its totals stay those of the whole pipeline. */
import type { Outline } from './outline.ts';

export interface OutlineFilter {
  /** Names of stages; none means all. */
  readonly stages: readonly string[];
  /** Names of deployments; none means all. What belongs to no deployment stays in the stages that have one of them. */
  readonly deployments: readonly string[];
}

export function filterOutline(outline: Outline, { stages, deployments }: OutlineFilter): Outline {
  const shown = outline.stages
    .filter(({ name }) => stages.length === 0 || stages.includes(name))
    .filter(
      ({ actions }) => deployments.length === 0 || actions.some(({ deployment }) => isAmong(deployment, deployments)),
    )
    .map((stage) => ({
      ...stage,
      actions: stage.actions.filter(
        ({ deployment }) => deployments.length === 0 || deployment === undefined || isAmong(deployment, deployments),
      ),
    }));
  return { ...outline, stages: shown };
}

function isAmong(deployment: string | undefined, deployments: readonly string[]): boolean {
  return deployment !== undefined && deployments.includes(deployment);
}
