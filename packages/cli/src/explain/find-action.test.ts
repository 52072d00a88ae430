import { isCdkpipeError } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { findAction } from './find-action.ts';

const actions = outlinePlan(ordersPlan).stages.flatMap((stage) => stage.actions);

test.each([
  ['Beta/Smoke', 'its ID', 'Beta/Smoke'],
  ['Beta.Smoke', 'its name', 'Beta/Smoke'],
  ['Smoke', 'the end of its ID', 'Beta/Smoke'],
  ['Prod/Rev', 'the beginning of its ID', 'Prod/ReviewChanges'],
  ['beta/smoke', 'its ID in other letter case', 'Beta/Smoke'],
  ['Build', 'its whole ID, though others begin with it', 'Build'],
])('%s is found by %s', (wanted, _, id) => {
  expect(findAction(wanted, actions).id).toBe(id);
});

const faultOf = (wanted: string) => {
  try {
    return findAction(wanted, actions);
  } catch (error) {
    return isCdkpipeError(error) ? error.problems[0] : error;
  }
};

test('what several actions end with is refused with their IDs', () => {
  expect(faultOf('Data:execute')).toMatchObject({
    code: 'NODE_AMBIGUOUS',
    message: '"Data:execute" may be any of 2 actions: Beta/Data:execute, Prod/Data:execute',
  });
});

test('a misspelt ID is refused with the near misses, and anything else with where to look', () => {
  expect(faultOf('Beta/Smokk')).toMatchObject({
    code: 'NODE_UNKNOWN',
    fix: expect.stringContaining('did you mean "Beta/Smoke"'),
  });
  expect(faultOf('something else entirely')).toMatchObject({ code: 'NODE_UNKNOWN', fix: 'cdkpipe plan lists them' });
});
