/** `cdkpipe synth` beside `cdk synth` at 20 deployments × 10 stacks, nothing cached. */

import { assertBothValidate } from '../assert-both-validate.mjs';
import { cdkpipeSynth, cdkSynth } from '../contestants.mjs';
import { generateApp } from '../generate.mjs';
import { runInTurn } from '../measure.mjs';

export async function large({ runs }) {
  await assertBothValidate();
  const app = generateApp({ deployments: 20, stacks: 10 });
  const { peer, empty } = await runInTurn({ peer: cdkSynth(app), empty: cdkpipeSynth(app) }, runs);
  return [
    {
      title: '20 deployments × 10 stacks, empty cache',
      columns: ['cdk synth', 'cdkpipe synth'],
      unit: 's',
      rows: [
        { what: 'time', reference: peer.wall, measured: empty.wall, target: 0.25 },
        { what: 'CPU time', reference: peer.cpu, measured: empty.cpu },
        { what: 'peak memory', unit: 'MiB', reference: peer.memory, measured: empty.memory },
      ],
    },
  ];
}
