/** A kind whose options are a schema of valibot: nothing here knows which library a schema comes from. */
import { defineKind, definePlugin, describeKind, stepHelper } from '@cdkpipe/core';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { checkPackage } from './check-package.ts';
import { badPlugins } from './fixture/bad-plugins/bad-plugins.test.fixture.ts';
import { writePlugin } from './fixture/bad-plugins/good-plugin.test.fixture.ts';
import { kindPage } from './kind-page.ts';

const question = v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.description('What to look at.'));
const kind = defineKind({
  name: 'glance',
  summary: 'Somebody looks.',
  options: toStandardJsonSchema(v.strictObject({ question })),
  examples: [{ title: 'Ask', options: { question: 'Is all well?' } }],
  lower: (options) => ({ kind: 'manual', name: 'Ask', options: { comment: options.question } }),
});

describe('a kind with options of valibot', () => {
  test('gives the type of its helper', () => {
    const glance = stepHelper(kind);
    expectTypeOf(glance).toBeCallableWith('Look', { question: 'Is all well?' });
    expect(glance('Look', { question: 'Is all well?' })).toMatchObject({ kind: 'glance' });
    // @ts-expect-error an option that the schema does not know
    glance('Look', { questions: 'Is all well?' });
  });

  test('has a page with the type and the description of each option', () => {
    const { name } = definePlugin({ name: 'plugin', api: 1, kinds: [kind] });
    expect(kindPage({ page: describeKind(kind), plugin: name, backends: [] })).toContain(
      '| `question` | string | yes | What to look at. |',
    );
  });

  test('passes every check as a package', async () => {
    using plugin = writePlugin({
      atLoad: "import * as v from 'valibot'; import { toStandardJsonSchema } from '@valibot/to-json-schema';",
      description: { dependencies: { zod: '^4.0.0', valibot: '^1.0.0', '@valibot/to-json-schema': '^1.0.0' } },
      options:
        "toStandardJsonSchema(v.strictObject({ question: v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.regex(/^[\\w .?-]*$/), v.description('What to look at.')) }))",
    });
    const results = await checkPackage({ directory: plugin.directory });
    expect(results.filter(({ state }) => state !== 'passed')).toEqual([]);
    expect(results).toHaveLength(Object.keys(badPlugins).length);
  });
});
