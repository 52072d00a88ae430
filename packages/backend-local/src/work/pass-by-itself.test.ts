import type { PlanNode, Step } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import type { LocalContext, LocalQuestion, StackChange } from '../contract/renderer.ts';
import { passByItself } from './pass-by-itself.ts';

const quiet: StackChange = {
  deployment: 'Prod',
  stack: 'Api',
  templateFile: '/Api.json',
  resources: [],
  others: [],
  isNew: false,
  findings: [],
};
const step: Step = { id: 'Prod/Ask', name: 'Ask', kind: 'manual', position: 'change', options: {}, path: '' };
const review: PlanNode = {
  type: 'review',
  id: step.id,
  name: 'Ask',
  group: 'Prod',
  after: [],
  path: '',
  step,
  gate: step.id,
  deployment: 'Prod',
  stacks: ['Api'],
};

const pass = (passUnless: NonNullable<LocalQuestion['passUnless']>, changes: readonly StackChange[]) =>
  passByItself({ type: 'question', passUnless }, { node: review, changes } as unknown as LocalContext);

describe('a question that passes unless anything changes', () => {
  test('passes where nothing does', () => {
    expect(pass(['changes'], [quiet])).toBe('nothing changes');
  });

  test.each<[string, Partial<StackChange>]>([
    ['a resource', { resources: [{ logicalId: 'A', resourceType: 'T', action: 'modify', properties: [] }] }],
    ['an output', { others: ['Outputs.Url'] }],
    ['a whole stack that is new', { isNew: true }],
  ])('is put for %s', (_, change) => {
    expect(pass(['changes'], [{ ...quiet, ...change }])).toBeUndefined();
  });
});

test('a question is put where the changes of a stack are not known', () => {
  expect(pass(['changes'], [])).toBeUndefined();
  expect(pass(['permissions'], [])).toBeUndefined();
});

test('a finding that is asked about is put to a person, another is not', () => {
  const risky: StackChange = { ...quiet, findings: [{ concern: 'stateful', stack: 'Api', text: 'Table is deleted' }] };
  expect(pass(['stateful'], [risky])).toBeUndefined();
  expect(pass(['permissions'], [risky])).toBe('no finding about permissions');
});
