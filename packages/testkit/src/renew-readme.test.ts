import { defineKind, definePlugin, defineRule } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { renewReadme, unformatted } from './renew-readme.ts';

const kind = defineKind({
  name: 'glance',
  summary: 'Somebody looks.',
  examples: [{ title: 'Look', options: undefined }],
});
const plugin = definePlugin({ name: 'plugin', api: 1, kinds: [kind] });

test('the page of a kind stands between its marks, and all else stays', () => {
  const renewed = renewReadme('# Mine\n\n<!-- kind glance -->\nold\n<!-- /kind glance -->\n\nthe end\n', plugin);
  expect(renewed).toMatch(/^# Mine\n\n<!-- kind glance -->\n\n## glance\n\nSomebody looks\./);
  expect(renewed).toMatch(/\n\n<!-- \/kind glance -->\n\nthe end\n$/);
  expect(renewed).not.toContain('old');
  expect(renewReadme(renewed, plugin)).toBe(renewed);
});

test('a README without marks stays as it is', () => {
  expect(renewReadme('# Mine\n', plugin)).toBe('# Mine\n');
});

test('how a formatter lays out a table makes no difference, and what it says does', () => {
  const bare = '| a | b |\n| --- | --- |\n| x |  |\n';
  const padded = '| a   | b |\n\n| --- | ------- |\n| x   |   |\n';
  expect(unformatted(padded)).toBe(unformatted(bare));
  expect(unformatted(bare.replace('x', 'y'))).not.toBe(unformatted(bare));
});

test('pages of rules and the table of them stand between their marks', () => {
  const rule = defineRule({
    name: 'acme/few',
    summary: 'There are few.',
    severity: 'warning',
    reads: 'model',
    fix: 'remove some',
    check: () => [],
  });
  const text = '<!-- rules -->\n<!-- /rules -->\n<!-- rule acme/few -->\n<!-- /rule acme/few -->\n';
  const renewed = renewReadme(text, definePlugin({ name: 'plugin', api: 1, rules: [rule] }));
  expect(renewed).toContain('| `acme/few` | warning | There are few. |');
  expect(renewed).toContain('\n## acme/few\n\nThere are few.');
});

test('so does the page of the options of the plugin itself', () => {
  const options = z.strictObject({ level: z.number().describe('How strict it is.') });
  const configured = definePlugin({
    name: '@acme/policy',
    api: 1,
    options,
    examples: [{ title: 'Strict', options: { level: 3 } }],
  });
  const renewed = renewReadme('# Mine\n\n<!-- plugin options -->\n<!-- /plugin options -->\n', configured);
  expect(renewed).toMatch(/## Options of @acme\/policy\n/);
  expect(renewed).toContain('| `level` | number | yes | How strict it is. |');
  expect(renewed).toContain('"plugin": "@acme/policy"');
  expect(renewReadme(renewed, configured)).toBe(renewed);
});
