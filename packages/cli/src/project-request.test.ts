import { expect, test } from 'vitest';
import { readPluginTimeout } from './project-request.ts';

test('the time limit for plugins is given in seconds', () => {
  expect(readPluginTimeout('1.5')).toBe(1500);
  expect(readPluginTimeout(undefined)).toBeUndefined();
  expect(readPluginTimeout('')).toBeUndefined();
});

test('a time limit that is none is refused', () => {
  for (const text of ['soon', '0', '-1', 'Infinity'])
    expect(() => readPluginTimeout(text)).toThrowError(expect.objectContaining({ code: 'PLUGIN_TIMEOUT_INVALID' }));
});
