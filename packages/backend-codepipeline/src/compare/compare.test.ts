import type { Plan } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';

type Action = readonly [name: string, category: string, runOrder: number, configuration?: object];
type Stages = Readonly<Record<string, readonly Action[]>>;

const declare = ([Name, Category, RunOrder, Configuration = {}]: Action) => ({
  ...{ Name, RunOrder, Configuration },
  ActionTypeId: { Category, Owner: 'AWS', Provider: Category, Version: '1' },
});

const templates = (stages: Stages) => {
  const Stages = Object.entries(stages).map(([Name, actions]) => ({ Name, Actions: actions.map(declare) }));
  const Pipeline = { Type: 'AWS::CodePipeline::Pipeline', Properties: { Name: 'shop', Stages } };
  return new Map([['shop-pipeline', { Resources: { Pipeline } }]]);
};

const start: Stages = { Source: [['Source', 'Source', 1]], Build: [['Build', 'Build', 1]] };
const wave: readonly Action[] = [
  ['Publish.222222222222.eu-west-1', 'Build', 1],
  ['Prod.Data.Execute', 'Deploy', 2],
  ['Prod.Check', 'Test', 3],
  ['Prod.Api.Execute', 'Deploy', 4],
  ['Prod.Sign', 'Approval', 5],
];
const base: Stages = { ...start, Prod: wave, Last: [['Last.Data.Execute', 'Deploy', 1]] };

const difference = (after: Stages, before: Stages = base) =>
  compare({ pipeline: { name: 'shop' } } as Plan, { stacks: templates(before) }, { stacks: templates(after) });

const without = (name: string) => ({ ...base, Prod: wave.filter(([each]) => each !== name) });
const changed = (name: string, ...rest: readonly [string, number, object?]) => ({
  ...base,
  Prod: wave.map((action): Action => (action[0] === name ? [name, ...rest] : action)),
});

test('nothing differs from itself', () => {
  expect(difference(base)).toEqual({ gates: [], stages: [], actions: [] });
});

describe('a gate', () => {
  test('that vanishes is named with every deployment action that no longer waits for it', () => {
    expect(difference(without('Prod.Check')).gates).toEqual([
      { change: 'vanished', name: 'Prod/Prod.Check', released: ['Prod/Prod.Api.Execute', 'Last/Last.Data.Execute'] },
    ]);
  });

  test('that vanishes with all that it held back releases nothing', () => {
    const before = { ...start, Prod: wave.slice(1, 3) };
    expect(difference(start, before).gates).toEqual([{ change: 'vanished', name: 'Prod/Prod.Check', released: [] }]);
  });

  test('that moves behind what it held back holds back less', () => {
    expect(difference(changed('Prod.Check', 'Test', 4)).gates).toEqual([
      { change: 'weakened', name: 'Prod/Prod.Check', released: ['Prod/Prod.Api.Execute'] },
    ]);
  });

  test('holds back less where a deployment moves to an earlier stage', () => {
    const [data, ...rest] = [['Last.Data.Execute', 'Deploy', 1] as Action, ...wave];
    expect(difference({ ...start, Prod: [data, ...rest] }).gates).toEqual([
      { change: 'weakened', name: 'Prod/Prod.Check', released: ['Prod/Last.Data.Execute'] },
      { change: 'weakened', name: 'Prod/Prod.Sign', released: ['Prod/Last.Data.Execute'] },
    ]);
  });

  test('that a function may pass in the place of a person can be passed without a decision', () => {
    const after = { ...base, Prod: [...wave, ['Prod.Sign@Pass', 'Invoke', 5] as Action] };
    expect(difference(after).gates).toEqual([{ change: 'bypassable', name: 'Prod/Prod.Sign', released: [] }]);
  });

  test('that another project decides, or no person any more, decides in another way', () => {
    expect(difference(changed('Prod.Check', 'Test', 3, { ProjectName: 'other' })).gates).toEqual([
      { change: 'changed', name: 'Prod/Prod.Check', released: [] },
    ]);
    expect(difference(changed('Prod.Sign', 'Invoke', 5)).gates).toEqual([
      { change: 'changed', name: 'Prod/Prod.Sign', released: [] },
    ]);
  });

  test('that is new is listed last', () => {
    expect(difference(base, without('Prod.Check')).gates).toEqual([
      { change: 'added', name: 'Prod/Prod.Check', released: [] },
    ]);
  });

  test('before the update counts, whatever decides it, and the update does not', () => {
    const update = ['UpdatePipeline', 'Build', 2] as Action;
    const before = { ...start, UpdatePipeline: [['Update.Check', 'Test', 1] as Action, update], Prod: wave };
    const released = wave.filter(([, category]) => category === 'Deploy').map(([name]) => `Prod/${name}`);
    expect(difference({ ...before, UpdatePipeline: [update] }, before).gates).toEqual([
      { change: 'vanished', name: 'UpdatePipeline/Update.Check', released },
    ]);
    const { UpdatePipeline, ...without } = { ...before, UpdatePipeline: [] };
    expect(difference(without, { ...before, UpdatePipeline: [update] }).gates).toEqual([]);
  });

  test('is neither a publisher nor what stands before the waves', () => {
    const before = { ...base, Build: [...(base.Build ?? []), ['Types', 'Build', 1] as Action] };
    expect(difference(without('Publish.222222222222.eu-west-1'), before).gates).toEqual([]);
  });
});

describe('an action', () => {
  test('is not moved by one that is added before it', () => {
    const after = [
      ...wave.map(([name, category, order]): Action => [name, category, order + 1]),
      ['New', 'Deploy', 1] as Action,
    ];
    expect(difference({ ...base, Prod: after }).actions).toEqual([{ change: 'added', name: 'Prod/New' }]);
  });

  test('that changes its stage has moved, and is neither removed nor added', () => {
    const { Last, ...rest } = base;
    expect(difference({ ...rest, Later: Last ?? [] })).toMatchObject({
      stages: [
        { change: 'removed', name: 'Last' },
        { change: 'added', name: 'Later' },
      ],
      actions: [
        { change: 'moved', name: 'Later/Last.Data.Execute', from: 'Last, run order 1', to: 'Later, run order 1' },
      ],
    });
  });

  test('that is declared in another way is changed, with what differs', () => {
    expect(difference(changed('Prod.Data.Execute', 'Deploy', 2, { StackName: 'Data' })).actions).toEqual([
      { change: 'changed', name: 'Prod/Prod.Data.Execute', fields: ['Configuration.StackName'] },
    ]);
  });
});

test('a pipeline that was not there is new altogether', () => {
  const result = compare({ pipeline: { name: 'shop' } } as Plan, { stacks: new Map() }, { stacks: templates(base) });
  expect(result.stages.map(({ change }) => change)).toEqual(['added', 'added', 'added', 'added']);
  expect(result.gates.map(({ change, name }) => [change, name])).toEqual([
    ['added', 'Prod/Prod.Check'],
    ['added', 'Prod/Prod.Sign'],
  ]);
});
