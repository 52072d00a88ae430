import { defineRule, describeRule } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { rulePage, ruleTable } from './rule-page.ts';

const page = describeRule(
  defineRule({
    name: 'acme/few',
    summary: 'A wave has few | deployments.',
    severity: 'error',
    reads: 'model',
    fix: 'split the wave',
    options: z.strictObject({ most: z.int().default(1).describe('How many.') }),
    sources: [{ title: 'Our handbook', url: 'https://acme.example/handbook' }],
    examples: {
      good: [{ title: 'One', waves: [{ name: 'W', deployments: [{ name: 'D' }] }] }],
      bad: [{ title: 'None may be', options: { most: 0 }, waves: [{ name: 'W', deployments: [{ name: 'D' }] }] }],
    },
    check: () => [],
  }),
);

test('the page of a rule says what holds, what to fix, why, its options, and what it accepts', () => {
  const text = rulePage({ page, plugin: '@acme/policy' });
  expect(text).toMatch(
    /^# acme\/few\n\nA wave has few \| deployments\.\n\n- Provided by `@acme\/policy`\n- An error by default/,
  );
  for (const part of [
    '- To fix a finding: split the wave',
    '- [Our handbook](https://acme.example/handbook)',
    '| `most` | integer |  | How many. |',
    '## Accepted\n\nOne:',
    '## Not accepted\n\nNone may be:',
    '"rules": {\n    "acme/few": [\n      "warning",\n      {\n        "most": 0\n      }\n    ]\n  }',
  ])
    expect(text).toContain(part);
});

test('the table of rules has a row for each', () => {
  expect(ruleTable([page]).split('\n')[2]).toBe('| `acme/few` | error | A wave has few \\| deployments. |');
});
