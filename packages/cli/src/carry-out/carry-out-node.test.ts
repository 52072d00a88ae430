import type { AssembledStack, Assembly, Plan, PlanNode } from '@cdkpipe/core';
import type { Deployer, Prepared } from '@cdkpipe/deployer-cloudformation';
import { describe, expect, test } from 'vitest';
import { carryOutNode, deployedNode, findPrepareOf } from './carry-out-node.ts';

const env = { account: '222222222222', region: 'eu-west-1' };
const base = (id: string, after: readonly string[] = []) => ({ id, name: id, group: 'Beta', after, path: '' });
const ofApi = { deployment: 'Beta', stack: 'Api', env };
const nodes = [
  { ...base('publish'), type: 'publish', env, manifests: ['assembly-Beta/Api.assets.json'] },
  { ...base('prepare', ['publish']), type: 'prepare', ...ofApi },
  { ...base('look', ['prepare']), type: 'review', gate: 'Beta/Look', step: {}, stacks: ['Api'], deployment: 'Beta' },
  { ...base('execute', ['look']), type: 'execute', changeSet: true, outputs: [], ...ofApi },
  { ...base('direct'), type: 'execute', changeSet: false, outputs: [], ...ofApi },
] as unknown as readonly PlanNode[];
const plan = { groups: [{ name: 'Beta', type: 'wave', path: '' }], nodes, notes: [] } as unknown as Plan;
const stack = { id: 'Api', templateFile: 'assembly-Beta/Api.template.json' } as AssembledStack;
const assembly: Assembly = { deployments: [{ name: 'Beta', directory: 'assembly-Beta', stacks: [stack] }] };
const prepared: Prepared = { digest: 'd', changes: { resources: [], others: [], isNew: false, findings: [] } };
const nodeOf = (id: string) => deployedNode(nodes.find((node) => node.id === id) as PlanNode);

/** Carries it out with a deployer that writes down what it was asked for. */
async function carryOut(id: string, given?: Prepared) {
  const asked: unknown[] = [];
  const answer =
    <T>(result: T) =>
    async (...targets: readonly unknown[]) => {
      asked.push(...targets.slice(0, -1));
      return result;
    };
  const deployer = {
    mode: 'deploy',
    publish: answer('1 asset published'),
    prepare: answer(prepared),
    execute: answer({ outputs: {}, summary: 'done' }),
  } as unknown as Deployer;
  const tools = { signal: new AbortController().signal, log: () => {}, sleep: async () => {} };
  const input = { plan, assembly, directory: '/out', node: nodeOf(id), run: 'r1', prepared: given, deployer, tools };
  return { done: await carryOutNode(input), asked };
}

const target = {
  run: 'r1',
  deployment: 'Beta',
  stack,
  assemblyDirectory: '/out',
  templateFile: '/out/assembly-Beta/Api.template.json',
  deployedTogether: [stack],
};

describe('the deployer is asked for exactly one action', () => {
  test('a publish', async () => {
    const { done, asked } = await carryOut('publish');
    const manifests = ['assembly-Beta/Api.assets.json'];
    expect(asked).toEqual([{ run: 'r1', node: 'publish', env, manifests, assemblyDirectory: '/out' }]);
    expect(done).toEqual({
      node: 'publish',
      type: 'publish',
      mode: 'deploy',
      run: 'r1',
      gates: [],
      summary: '1 asset published',
    });
  });

  test('a prepare', async () => {
    const { done, asked } = await carryOut('prepare');
    expect(asked).toEqual([{ ...target, node: 'prepare' }]);
    expect(done).toMatchObject({ gates: [], prepared });
  });

  test('an execute, which names the gate that was not asked', async () => {
    const { done, asked } = await carryOut('execute', prepared);
    expect(asked).toEqual([{ ...target, node: 'execute' }, prepared]);
    expect(done).toMatchObject({ gates: ['look'], executed: { summary: 'done' } });
  });
});

test('an execute needs the change set of its stack, and nothing else takes one', () => {
  expect(findPrepareOf(plan, nodeOf('execute'), true)).toBe('prepare');
  expect(() => findPrepareOf(plan, nodeOf('execute'), false)).toThrow(/--prepared does not say which/);
  for (const id of ['publish', 'prepare', 'direct']) {
    expect(findPrepareOf(plan, nodeOf(id), false)).toBeUndefined();
    expect(() => findPrepareOf(plan, nodeOf(id), true)).toThrow(/--prepared names one/);
  }
});

test('a gate is not carried out', () => {
  expect(() => nodeOf('look')).toThrow(/only publish, prepare and execute/);
});
