/** Random waves, shaped as the planner makes them: gates and publishers, then deployments of stacks with approvals. */
import fc from 'fast-check';
import type { LayoutNode } from './layout-node.ts';

interface RandomDeployment {
  readonly stacks: readonly (readonly number[])[];
  readonly mode: 'all' | 'each' | false;
  readonly reviewed: boolean;
  readonly approvals: number;
}

const deployments = fc.record<RandomDeployment>({
  // Each stack with the numbers of earlier ones that it depends on.
  stacks: fc.array(fc.array(fc.nat(5), { maxLength: 2 }), { minLength: 1, maxLength: 7 }),
  mode: fc.constantFrom<RandomDeployment['mode'][]>('all', 'each', false),
  reviewed: fc.boolean(),
  approvals: fc.nat(3),
});

export const randomWaves: fc.Arbitrary<LayoutNode[]> = fc
  .record({ gates: fc.nat(3), publishers: fc.nat(4), waves: fc.array(deployments, { minLength: 1, maxLength: 6 }) })
  .map(({ gates, publishers, waves }) => {
    const chain = Array.from({ length: gates }, (_, index) => ({
      id: `gate${index}`,
      after: index === 0 ? [] : [`gate${index - 1}`],
      waits: true,
      size: 1,
    }));
    const published = Array.from({ length: publishers }, (_, index) => ({
      id: `publish${index}`,
      after: [],
      waits: false,
      size: 1,
    }));
    const entry = gates === 0 ? [] : [`gate${gates - 1}`];
    const assets = published.map(({ id }) => id);
    return [...published, ...chain, ...waves.flatMap((each, index) => deployment(`D${index}`, each, entry, assets))];
  });

function deployment(unit: string, random: RandomDeployment, entry: string[], assets: string[]): LayoutNode[] {
  const { mode, reviewed, approvals } = random;
  const stacks = random.stacks.map((picks, index) => ({
    key: `${unit}/S${index}`,
    earlier: index === 0 ? [] : [...new Set(picks.map((pick) => `${unit}/S${pick % index}:execute`))],
  }));
  const nodes: LayoutNode[] = [];
  const add = (id: string, after: readonly string[], more: Partial<LayoutNode> = {}) =>
    nodes.push({ id, after, unit, waits: false, size: 1, ...more });
  const prepare = (key: string, after: readonly string[]) => add(`${key}:prepare`, after, { changeSets: [key] });
  const execute = (key: string, after: readonly string[]) =>
    add(`${key}:execute`, [...after, ...assets], mode === false ? {} : { changeSets: [key] });
  if (mode === 'all') {
    for (const { key } of stacks) prepare(key, entry);
    let ready = stacks.map(({ key }) => `${key}:prepare`);
    if (reviewed) add(`${unit}/Review`, ready, { waits: true, size: 2, changeSets: stacks.map(({ key }) => key) });
    if (reviewed) ready = [`${unit}/Review`];
    for (const { key, earlier } of stacks) execute(key, [...ready, ...earlier]);
  } else {
    for (const { key, earlier } of stacks) {
      if (mode === 'each') prepare(key, [...entry, ...earlier]);
      if (mode === 'each' && reviewed)
        add(`${key}:review`, [`${key}:prepare`], { waits: true, size: 2, changeSets: [key] });
      const ready = reviewed ? `${key}:review` : `${key}:prepare`;
      execute(key, mode === 'each' ? [ready] : [...entry, ...earlier]);
    }
  }
  let last = stacks.map(({ key }) => `${key}:execute`);
  for (let index = 0; index < approvals; index += 1) {
    add(`${unit}/Approve${index}`, last, { waits: true });
    last = [`${unit}/Approve${index}`];
  }
  return nodes;
}
