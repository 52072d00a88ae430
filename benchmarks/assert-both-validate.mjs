/** Makes sure that both sides really validate before their times are compared. */
import { cdkpipeSynth, cdkSynth } from './contestants.mjs';
import { generateApp } from './generate.mjs';
import { runCold } from './measure.mjs';

/** Throws unless both sides refuse an app whose templates have a fault. */
export async function assertBothValidate() {
  const app = generateApp({ deployments: 1, stacks: 2, faulty: true });
  for (const [name, contestant] of Object.entries({ 'cdk synth': cdkSynth(app), 'cdkpipe synth': cdkpipeSynth(app) })) {
    contestant.before();
    const refusal = await runCold(contestant.command).then(() => undefined, String);
    if (refusal === undefined) throw new Error(`${name} accepts a faulty template, its time would say nothing`);
    if (!refusal.includes('NoSuchProperty')) throw new Error(`${name} failed for another reason\n${refusal}`);
  }
}
