/** Checks of what becomes of the examples: each is planned and drawn, at each position, on each backend. */
import type { Problem } from '@cdkpipe/core';
import type { Check, Finding } from '../check/check.ts';
import { placeOf, type TriedExample, tryExamples } from '../subject/examples.ts';
import { differencesOf } from '../trial/emitted.ts';
import { validate } from '../trial/kinds.ts';
import { runningBackend } from '../trial/tried-backends.ts';

/** Examples with valid options; the others have a check of their own. */
async function triedExamples(subject: Parameters<typeof tryExamples>[0]): Promise<TriedExample[]> {
  const bare = await subject.trials.bare();
  if (bare.type !== 'drawn') return [];
  const tried = await tryExamples(subject);
  const valid = await Promise.all(
    tried.map(async ({ kind, trial }) => 'value' in (await validate(kind, trial.step.options))),
  );
  return tried.filter((_, index) => valid[index]);
}

const isNotDrawn = ({ code }: Problem) => code === 'KIND_NOT_RENDERED';

export const drawnCheck: Check = {
  id: 'CP204',
  severity: 'error',
  title: 'every example is drawn by CodePipeline and by whatever else draws its kind',
  why: 'whoever copies an example must get a pipeline; a position that a kind declares must be one where it works',
  fix: 'bring a renderer, or lower to kinds that have one and name their plugins as peers; refuse with code and fix what does not fit a place',
  looksAt: 'plugin',
  async run(subject) {
    const tried = await triedExamples(subject);
    const crashed = tried.flatMap(({ about, trial, outcome }) =>
      outcome.type === 'crash' ? [{ about: `${about}, ${placeOf(trial)}`, message: outcome.message }] : [],
    );
    return [...crashed, ...nowhereDrawn(tried), ...uselessPositions(tried)];
  },
};

/** An example may be refused on one backend, or at one position; somewhere it must be drawn. */
function nowhereDrawn(tried: readonly TriedExample[]): Finding[] {
  return groups(tried, ({ about }) => about).flatMap(([about, all]) =>
    all.every(({ outcome }) => outcome.type === 'refused')
      ? [{ about, message: `refused everywhere: ${reasonOf(all)}` }]
      : [],
  );
}

function uselessPositions(tried: readonly TriedExample[]): Finding[] {
  const byPlace = groups(tried, ({ kind, trial }) => `kind ${kind.name}, ${placeOf(trial)}`);
  return byPlace.flatMap(([about, all]) => {
    const refusals = all.flatMap(({ outcome }) => (outcome.type === 'refused' ? [outcome.problems] : []));
    if (refusals.length < all.length) return [];
    // That nothing draws it on this machine is a matter of the next check.
    if (all[0]?.trial.backend === runningBackend.name && refusals.every((problems) => problems.every(isNotDrawn)))
      return [];
    // Told once above, where nothing at all is drawn.
    if (
      groups(tried, (each) => each.about).every(([, each]) => each.every(({ outcome }) => outcome.type === 'refused'))
    )
      return [];
    return [{ about, message: `no example is drawn there: ${reasonOf(all)}` }];
  });
}

function reasonOf(tried: readonly TriedExample[]): string {
  const [first] = tried.flatMap(({ outcome }) => (outcome.type === 'refused' ? outcome.problems : []));
  return first?.message ?? '';
}

function groups(tried: readonly TriedExample[], keyOf: (one: TriedExample) => string): [string, TriedExample[]][] {
  const found = new Map<string, TriedExample[]>();
  for (const one of tried) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return [...found];
}

export const drawnLocallyCheck: Check = {
  id: 'CP205',
  severity: 'warning',
  title: 'cdkpipe run can rehearse every kind',
  why: 'a definition with one step that nothing draws for local cannot be tried on a laptop',
  fix: 'bring a renderer for local, or lower to kinds that have one',
  looksAt: 'plugin',
  async run(subject) {
    const tried = (await triedExamples(subject)).filter(({ trial }) => trial.backend === runningBackend.name);
    const undrawn = tried.filter(({ outcome }) => outcome.type === 'refused' && outcome.problems.some(isNotDrawn));
    return groups(undrawn, ({ kind }) => `kind ${kind.name}`).map(([about, all]) => ({
      about,
      message: reasonOf(all),
    }));
  },
};

export const untouchedInputCheck: Check = {
  id: 'CP206',
  severity: 'error',
  title: 'hooks, lower and render leave what they are given as it is',
  why: 'all input is frozen, as one step may stand in many places; who changes it fails in strict code and is ignored elsewhere',
  fix: 'return something new instead of changing what was given',
  looksAt: 'plugin',
  async run(subject) {
    const bare = await subject.trials.bare();
    if (bare.type === 'mutation') return [{ about: 'hooks', message: bare.message }];
    return (await triedExamples(subject)).flatMap(({ about, trial, outcome }) =>
      outcome.type === 'mutation' ? [{ about: `${about}, ${placeOf(trial)}`, message: outcome.message }] : [],
    );
  },
};

export const mendableCheck: Check = {
  id: 'CP207',
  severity: 'error',
  title: 'what the plugin refuses has a code and a fix',
  why: 'a message that does not say what to change leaves its reader alone; a code lets them look it up',
  fix: 'throw refused([{ code, message, path, fix }]), with a code of upper-case words such as PAGER_TEAM_UNKNOWN',
  looksAt: 'plugin',
  async run(subject) {
    return (await triedExamples(subject)).flatMap(({ about, trial, outcome }) =>
      outcome.type === 'refused' ? unmendable(outcome.problems, `${about}, ${placeOf(trial)}`) : [],
    );
  },
};

export function unmendable(problems: readonly Problem[], about: string): Finding[] {
  return problems.flatMap(({ code, fix, message }) => [
    ...(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code)
      ? []
      : [{ about, message: `${JSON.stringify(code)} is no code: ${message}` }]),
    ...(fix === undefined || fix.trim() === '' ? [{ about, message: `it has no fix: ${message}` }] : []),
  ]);
}

export const gatesCheck: Check = {
  id: 'CP301',
  severity: 'error',
  title: 'a step holds the pipeline back: it is in what is emitted, and is missed when it is dropped',
  why: 'an approval that is declared and does not stop anything is worse than none',
  fix: 'leave the emitted files as they are: emit looks on, and render returns the action that it was given or a changed one',
  looksAt: 'plugin',
  async run(subject) {
    const bare = await subject.trials.bare();
    if (bare.type !== 'drawn') return [];
    return (await triedExamples(subject)).flatMap(({ about, trial, outcome }) => {
      if (outcome.type !== 'drawn') return [];
      const place = `${about}, ${placeOf(trial)}`;
      if (outcome.lost?.length)
        return [{ about: place, message: `what was emitted does not hold the gate ${outcome.lost.join(', ')}` }];
      if (!outcome.files || !bare.files) return [];
      const isSame = differencesOf(bare.files, outcome.files).length === 0;
      return isSame ? [{ about: place, message: 'what is emitted is the same without the step' }] : [];
    });
  },
};
