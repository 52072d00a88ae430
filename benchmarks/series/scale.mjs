/** How the time of `cdkpipe synth` grows with the number of stacks, validation off. */
import { cdkpipeSynth, cdkSynth } from '../contestants.mjs';
import { generateApp } from '../generate.mjs';
import { growth } from '../growth.mjs';
import { runInTurn } from '../measure.mjs';

const stacks = 10;

export async function scale({ runs }) {
  const apps = [1, 5, 10, 20].map((deployments) => generateApp({ deployments, stacks }));
  const walls = await runInTurn(
    Object.fromEntries(
      apps.flatMap((app) => [
        [`cdk ${app.stacks}`, cdkSynth(app, { validate: false })],
        [`cdkpipe ${app.stacks}`, cdkpipeSynth(app, { validate: false })],
      ]),
    ),
    runs,
  );
  return [
    {
      title: 'Time per stack, no validation',
      columns: ['cdk synth', 'cdkpipe synth'],
      unit: 'ms',
      rows: apps.map(({ stacks: count }) => ({
        what: `${count} stacks`,
        reference: (walls[`cdk ${count}`].wall / count) * 1000,
        measured: (walls[`cdkpipe ${count}`].wall / count) * 1000,
      })),
    },
    growth(
      'cdkpipe synth',
      apps.slice(1).map((app) => ({ count: app.stacks, wall: walls[`cdkpipe ${app.stacks}`].wall })),
    ),
  ];
}
