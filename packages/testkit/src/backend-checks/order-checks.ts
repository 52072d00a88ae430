/** Checks of order: nothing starts too early, and no gate is missing, moved or passed by. */
import { type Plan, readHeldBack } from '@cdkpipe/core';
import type { Tampering } from '../backend/backend-trial.ts';
import type { Finding } from '../check/check.ts';
import type { BackendCheck } from './backend-check.ts';
import { closureOf, drawWhole, isFinding } from './whole.ts';

export const orderCheck: BackendCheck = {
  id: 'CB201',
  title: 'nothing starts before what it comes after has succeeded',
  why: 'a stack is deployed before the one whose values it reads, or before its assets are there',
  fix: 'let each action wait for every node in `after`, and each group for all of the groups before it',
  async run(opened) {
    const whole = await drawWhole(opened);
    if (isFinding(whole)) return [whole];
    const before = closureOf(whole.actions);
    return early(whole.drawn.plan).flatMap(([id, earlier]) => {
      const own = before.get(id);
      // What is not there at all is told by another check.
      if (own === undefined) return [];
      const missed = earlier.filter((each) => before.has(each) && !own.has(each));
      return missed.length === 0 ? [] : [{ about: id, message: `it does not wait for ${missed.join(', ')}` }];
    });
  },
};

/** Each node with what must have succeeded: its own edges, and all of the groups before. */
function early({ nodes, groups }: Plan): [id: string, earlier: string[]][] {
  const place = (group: string) => groups.findIndex(({ name }) => name === group);
  return nodes.map(({ id, after, group }) => [
    id,
    [...after, ...nodes.filter((other) => place(other.group) < place(group)).map((other) => other.id)],
  ]);
}

export const heldCheck: BackendCheck = {
  id: 'CB202',
  title: 'each gate holds back all that the plan puts behind it',
  why: 'an approval that something may pass by is worse than none',
  fix: 'emit one action for each gate node, and let all that comes after it wait for it',
  async run(opened) {
    const whole = await drawWhole(opened);
    if (isFinding(whole)) return [whole];
    const before = closureOf(whole.actions);
    return [...readHeldBack(whole.drawn.plan)].flatMap(([gate, held]) => {
      if (!before.has(gate)) return [{ about: gate, message: 'the gate is missing in what was emitted' }];
      const free = [...held].filter((id) => before.get(id)?.has(gate) === false);
      return free.length === 0 ? [] : [{ about: gate, message: `it does not hold back ${free.join(', ')}` }];
    });
  },
};

export const inspectCheck: BackendCheck = {
  id: 'CB203',
  title: 'inspect finds every gate in what was emitted, and has no fault to tell',
  why: 'the gate ledger compares what was declared with what inspect finds; a gate it does not find stops every synth',
  fix: 'read back what render wrote, and return the ID of each gate node that holds back what the plan puts behind it',
  async run(opened) {
    const whole = await drawWhole(opened);
    if (isFinding(whole)) return [whole];
    const { plan, emitted, options } = whole.drawn;
    const { gates, problems } = await opened.backend.inspect(plan, emitted, options);
    const planned = [...readHeldBack(plan).keys()];
    return [
      ...problems.map(({ code, message }) => ({ about: 'inspect', message: `${code}: ${message}` })),
      ...planned.filter((id) => !gates.includes(id)).map((id) => ({ about: id, message: 'inspect does not find it' })),
      ...gates
        .filter((id) => !planned.includes(id))
        .map((id) => ({ about: id, message: 'inspect finds it, and it is no gate of the plan' })),
    ];
  },
};

const lost: Readonly<Record<Tampering, string>> = {
  drop: 'is gone',
  move: 'stands behind all that it held back',
  pass: 'is passed by',
};

export const lostGatesCheck: BackendCheck = {
  id: 'CB204',
  title: 'inspect misses a gate that is gone, that was moved, or that something passes by',
  why: 'hooks and escape hatches change what was emitted; only inspect can notice that they lost a gate',
  fix: 'judge each gate by what waits for it in what was written, and not by the plan or by its name',
  async run(opened) {
    const whole = await drawWhole(opened);
    const { tamper } = opened.trial;
    if (isFinding(whole)) return [whole];
    if (tamper === undefined) return [];
    const found: Finding[] = [];
    const executes = new Set(whole.drawn.plan.nodes.flatMap(({ id, type }) => (type === 'execute' ? [id] : [])));
    for (const [gate, held] of readHeldBack(whole.drawn.plan))
      for (const how of Object.keys(lost) as Tampering[]) {
        // What a gate is there for above all.
        const first = [...held].find((id) => executes.has(id)) ?? [...held][0];
        // A gate at the very end holds nothing back, so it can only be gone.
        if (first === undefined && how !== 'drop') continue;
        const copy = opened.copyOf(whole.drawn);
        await tamper(copy, how, gate, first ?? gate);
        const { gates } = await opened.backend.inspect(copy.plan, copy.emitted, copy.options);
        if (gates.includes(gate)) found.push({ about: gate, message: `inspect finds it, though it ${lost[how]}` });
      }
    return found;
  },
};
