import { expect, onTestFinished, test } from 'vitest';
import { checkBuiltIns } from './check-built-ins.ts';

test.each([true, false])('a key that every object has is found, whether loops see it (%s) or not', (enumerable) => {
  expect(checkBuiltIns()).toEqual([]);
  onTestFinished(() => Reflect.deleteProperty(Object.prototype, 'approvals') as never);
  Object.defineProperty(Object.prototype, 'approvals', { get: () => [], enumerable, configurable: true });
  const problems = checkBuiltIns();
  Reflect.deleteProperty(Object.prototype, 'approvals');
  expect(problems).toEqual([
    expect.objectContaining({ code: 'BUILT_INS_CHANGED', message: expect.stringContaining('"approvals"') }),
  ]);
});
