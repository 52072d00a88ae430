import { expect, test } from 'vitest';
import { runAsPlugin } from './plugin-at-work.ts';
import { findOverrun, startLimit } from './running-limits.ts';

const pause = (milliseconds: number) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
const workOf = (what: string) => ({ plugin: { name: 'pager' }, what });

test('code that has computed for as long as its limit ends with what the limit says', () => {
  const end = startLimit(5, () => new Error('over'));
  expect(findOverrun(1000)).toBeUndefined();
  pause(6);
  expect(findOverrun(4)).toBeUndefined();
  expect(findOverrun(5)?.message).toBe('over');
  end();
  expect(findOverrun(5)).toBeUndefined();
});

test('of several, the limit of the plugin at work is the one that is over', () => {
  const [tap, renderer] = [workOf('the tap'), workOf('the renderer')];
  const ends = [
    startLimit(1, () => new Error('definition')),
    startLimit(1, () => new Error('tap'), tap),
    startLimit(1, () => new Error('renderer'), renderer),
  ];
  pause(2);
  expect(runAsPlugin({ ...tap }, () => findOverrun(1))?.message).toBe('tap');
  expect(runAsPlugin({ ...renderer }, () => findOverrun(1))?.message).toBe('renderer');
  expect(findOverrun(1)?.message).toBe('definition');
  expect(runAsPlugin(workOf('another'), () => findOverrun(1))?.message).toBe('renderer');
  for (const end of ends) end();
});
