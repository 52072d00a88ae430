/** How the time of `cdkpipe plan` grows with the number of stacks. */
import { cdkpipePlan } from '../contestants.mjs';
import { generateApp } from '../generate.mjs';
import { growth } from '../growth.mjs';
import { runInTurn } from '../measure.mjs';

const stacks = 25;

export async function plan({ runs }) {
  // One approval and no change sets: 900 stacks must fit into the 1,000 actions of a pipeline.
  const apps = [2, 4, 8, 16, 36].map((deployments) =>
    generateApp({ deployments, stacks, approvals: 1, changeSets: false }),
  );
  const walls = await runInTurn(Object.fromEntries(apps.map((app) => [`plan ${app.stacks}`, cdkpipePlan(app)])), runs);
  return [
    growth(
      'cdkpipe plan',
      apps.map((app) => ({ count: app.stacks, wall: walls[`plan ${app.stacks}`].wall })),
    ),
  ];
}
