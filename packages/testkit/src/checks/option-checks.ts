/** Checks of the options and examples of kinds; nothing is drawn. */
import { describeKind, isCdkpipeError, type OptionSchema, optionSchemaOf, type Plugin } from '@cdkpipe/core';
import type { Check, Finding, Subject } from '../check/check.ts';
import { withExample } from '../subject/with-example.ts';
import { validate } from '../trial/kinds.ts';

const ofPlugin = 'options of the plugin';

export const describedOptionsCheck: Check = {
  id: 'CP201',
  severity: 'error',
  title: 'every option has a type and a description',
  why: 'pages, README and cdkpipe plugins:inspect are made from the JSON Schema of the options, of kinds and of the plugin itself',
  fix: 'use a schema library with Standard JSON Schema (zod 4, or valibot with @valibot/to-json-schema) and describe each option',
  looksAt: 'plugin',
  run: ({ plugin: { kinds = [], options } }) => [
    ...kinds.flatMap((kind) => (kind.options ? judgeSchema(`kind ${kind.name}`, describeKind(kind).options) : [])),
    ...(options ? judgeSchema(ofPlugin, optionSchemaOf(options)) : []),
  ],
};

function judgeSchema(about: string, schema: OptionSchema | undefined): Finding[] {
  if (!schema) return [{ about, message: 'its schema gives no JSON Schema' }];
  return undescribed(schema).map((option) => ({ about, message: `the option ${option} has no description` }));
}

/** Options without a description. */
export function undescribed({ properties = {} }: OptionSchema): string[] {
  return Object.entries(properties)
    .filter(([, { description }]) => description === undefined || description.trim() === '')
    .map(([name]) => name);
}

export const hasExampleCheck: Check = {
  id: 'CP202',
  severity: 'error',
  title: 'every kind has an example, and so has a plugin that takes options',
  why: 'examples are the first thing that people read, and what every other check starts from',
  fix: 'give defineKind, and definePlugin where it has options, at least one entry in examples',
  looksAt: 'plugin',
  run: ({ plugin: { kinds = [], options, examples = [] } }) => [
    ...kinds
      .filter((kind) => (kind.examples ?? []).length === 0)
      .map(({ name }) => ({ about: `kind ${name}`, message: 'it has no example' })),
    ...(options && examples.length === 0 ? [{ about: ofPlugin, message: 'there is no example' }] : []),
  ],
};

export const validExamplesCheck: Check = {
  id: 'CP203',
  severity: 'error',
  title: 'every example satisfies the schema, and the plugin works with it',
  why: 'an example that is refused is worse than none',
  fix: 'mend the example, or the schema',
  looksAt: 'plugin',
  async run(subject) {
    const findings: Finding[] = await pluginExamples(subject);
    for (const kind of subject.plugin.kinds ?? [])
      for (const { title, options } of kind.examples ?? []) {
        const validated = await validate(kind, kind.options ? options : undefined);
        const issues = 'issues' in validated ? validated.issues : [];
        findings.push(...issues.map(({ message }) => ({ about: `kind ${kind.name}, example "${title}"`, message })));
      }
    return findings;
  },
};

/** Those of the options of the plugin itself; a plugin without examples is tried with no options. */
async function pluginExamples({ bare, project }: Pick<Subject, 'bare' | 'project'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const example of bare.examples ?? [undefined]) {
    const about = example ? `${ofPlugin}, example "${example.title}"` : ofPlugin;
    findings.push(...(await faultsWith(bare, project, example)).map((message) => ({ about, message })));
  }
  return findings;
}

async function faultsWith(
  plugin: Plugin,
  project: string,
  example: NonNullable<Plugin['examples']>[number] | undefined,
): Promise<string[]> {
  try {
    await withExample(plugin, project, example);
    return [];
  } catch (error) {
    if (!isCdkpipeError(error)) throw error;
    // That there is no example is told by the check above.
    return example === undefined && error.source === 'user' ? [] : error.problems.map(({ message }) => message);
  }
}
