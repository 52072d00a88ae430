/** Checks of the options and examples of kinds; nothing is drawn. */
import { describeKind, type OptionSchema } from '@cdkpipe/core';
import type { Check, Finding } from '../check/check.ts';
import { validate } from '../trial/kinds.ts';

export const describedOptionsCheck: Check = {
  id: 'CP201',
  severity: 'error',
  title: 'every option of a kind has a type and a description',
  why: 'the page of a kind, its README and cdkpipe plugins:inspect are made from the JSON Schema of its options',
  fix: 'use a schema library with Standard JSON Schema (zod 4, or valibot with @valibot/to-json-schema) and describe each option',
  looksAt: 'plugin',
  run: ({ plugin: { kinds = [] } }) =>
    kinds.flatMap((kind): Finding[] => {
      if (!kind.options) return [];
      const about = `kind ${kind.name}`;
      const { options } = describeKind(kind);
      if (!options) return [{ about, message: 'its schema gives no JSON Schema' }];
      return undescribed(options).map((option) => ({ about, message: `the option ${option} has no description` }));
    }),
};

/** Options without a description. */
export function undescribed({ properties = {} }: OptionSchema): string[] {
  return Object.entries(properties)
    .filter(([, { description }]) => description === undefined || description.trim() === '')
    .map(([name]) => name);
}

export const hasExampleCheck: Check = {
  id: 'CP202',
  severity: 'error',
  title: 'every kind has an example',
  why: 'examples are the first thing that people read, and what every other check of a kind starts from',
  fix: 'give defineKind at least one entry in examples',
  looksAt: 'plugin',
  run: ({ plugin: { kinds = [] } }) =>
    kinds
      .filter(({ examples = [] }) => examples.length === 0)
      .map(({ name }) => ({ about: `kind ${name}`, message: 'it has no example' })),
};

export const validExamplesCheck: Check = {
  id: 'CP203',
  severity: 'error',
  title: 'every example satisfies the schema',
  why: 'an example that is refused is worse than none',
  fix: 'mend the example, or the schema',
  looksAt: 'plugin',
  async run({ plugin: { kinds = [] } }) {
    const findings: Finding[] = [];
    for (const kind of kinds)
      for (const { title, options } of kind.examples ?? []) {
        const validated = await validate(kind, kind.options ? options : undefined);
        const issues = 'issues' in validated ? validated.issues : [];
        findings.push(...issues.map(({ message }) => ({ about: `kind ${kind.name}, example "${title}"`, message })));
      }
    return findings;
  },
};
