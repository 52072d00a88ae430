/** `cdkpipe synth` beside `cdk synth` at 10 deployments × 5 stacks: time and memory, with and without validation. */

import { assertBothValidate } from '../assert-both-validate.mjs';
import { cdkpipeSynth, cdkSynth } from '../contestants.mjs';
import { generateApp } from '../generate.mjs';
import { runInTurn } from '../measure.mjs';

export async function synth({ runs }) {
  await assertBothValidate();
  const app = generateApp({ deployments: 10, stacks: 5 });
  const { peer, empty, unchanged, peerUnvalidated, unvalidated, unvalidatedKept } = await runInTurn(
    {
      peer: cdkSynth(app),
      empty: cdkpipeSynth(app),
      unchanged: cdkpipeSynth(app, { cache: 'kept' }),
      peerUnvalidated: cdkSynth(app, { validate: false }),
      unvalidated: cdkpipeSynth(app, { validate: false }),
      unvalidatedKept: cdkpipeSynth(app, { validate: false, cache: 'kept' }),
    },
    runs,
  );
  return [
    {
      title: '10 deployments × 5 stacks, time',
      columns: ['cdk synth', 'cdkpipe synth'],
      unit: 's',
      rows: [
        { what: 'empty cache', reference: peer.wall, measured: empty.wall, target: 0.4 },
        { what: 'unchanged templates', reference: peer.wall, measured: unchanged.wall, target: 0.22 },
        {
          what: 'no validation, empty cache',
          reference: peerUnvalidated.wall,
          measured: unvalidated.wall,
          target: 0.4,
        },
        {
          what: 'no validation, kept cache',
          reference: peerUnvalidated.wall,
          measured: unvalidatedKept.wall,
          target: 0.4,
        },
        { what: 'empty cache, CPU time', reference: peer.cpu, measured: empty.cpu },
        { what: 'unchanged templates, CPU time', reference: peer.cpu, measured: unchanged.cpu },
      ],
    },
    {
      title: '10 deployments × 5 stacks, peak memory',
      columns: ['cdk synth', 'cdkpipe synth'],
      unit: 'MiB',
      rows: [
        { what: 'empty cache', reference: peer.memory, measured: empty.memory, target: 0.6 },
        { what: 'unchanged templates', reference: peer.memory, measured: unchanged.memory },
        { what: 'no validation', reference: peerUnvalidated.memory, measured: unvalidated.memory },
      ],
    },
  ];
}
