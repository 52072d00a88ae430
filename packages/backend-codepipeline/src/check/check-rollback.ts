/** Finds rollbacks that CodePipeline cannot do: it rolls back one stage, with everything in it. */
import { type Deployment, type Plan, type Problem, unreachable, type Wave } from '@cdkpipe/core';
import { rollbackShared, rollbackSplit, rollbackTwice } from '../problems/stages.ts';
import type { StageLayout } from '../stages/lay-out-stages.ts';

export function checkRollback({ pipeline }: Plan, stages: readonly StageLayout[]): Problem[] {
  return pipeline.waves.flatMap((wave) => {
    const single = wave.deployments.filter(({ rollback }) => rollback);
    const own = stages.filter(({ group }) => group === wave.name);
    if (wave.rollback)
      return [
        ...single.map(({ name, path }) => rollbackTwice(name, wave.name, { path: `${path}.rollback` })),
        ...checkWave(wave, own),
      ];
    return single.flatMap((deployment) => checkDeployment(deployment, own));
  });
}

function checkWave(wave: Wave, stages: readonly StageLayout[]): Problem[] {
  const holding = stages.filter((stage) => deploymentsIn(stage).size > 0);
  if (holding.length <= 1) return [];
  const names = holding.map(({ name }) => name);
  return [rollbackSplit(`the wave "${wave.name}"`, names, { path: `${wave.path}.rollback` })];
}

function checkDeployment({ name, path }: Deployment, stages: readonly StageLayout[]): Problem[] {
  const place = { path: `${path}.rollback` };
  const holding = stages.filter((stage) => deploymentsIn(stage).has(name));
  if (holding.length > 1)
    return [
      rollbackSplit(
        `the deployment "${name}"`,
        holding.map((stage) => stage.name),
        place,
      ),
    ];
  const [stage] = holding;
  const others = [...deploymentsIn(stage ?? unreachable(`no stage of ${name}`))].filter((other) => other !== name);
  return others.length > 0 ? [rollbackShared(name, others, place)] : [];
}

function deploymentsIn({ actions }: StageLayout): Set<string> {
  return new Set(
    actions.flatMap(({ node }) => ('deployment' in node && node.deployment !== undefined ? [node.deployment] : [])),
  );
}
