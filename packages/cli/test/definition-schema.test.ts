/** The JSON Schema that ships with the command: what editors accept in JSON and YAML files, and what cdkpipe does with `$schema`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { describeKind, describeRule } from '@cdkpipe/core';
import { definitionJsonSchema, findProject, planProject } from '@cdkpipe/core/host';
import codebuildApproval from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval from '@cdkpipe/plugin-manual-approval';
import safeDeployments from '@cdkpipe/plugin-safe-deployments';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeDirectory } from './e2e/run-cdkpipe.test.fixture.ts';

const plugins = [manualApproval, codebuildApproval, lambdaApproval];
const schema = definitionJsonSchema({
  kinds: plugins.flatMap(({ kinds = [] }) => kinds.map(describeKind)),
  rules: (safeDeployments.rules ?? []).map(describeRule),
  backends: {},
  plugins: {
    '@cdkpipe/plugin-manual-approval': false,
    '@acme/policy': { type: 'object', properties: { level: { type: 'number' } }, required: ['level'] },
  },
});
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

/** Where it is refused; empty for what is accepted. */
function faultsOf(definition: unknown): string[] {
  return validate(definition) ? [] : [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))];
}

const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/guide.md'), 'utf8');
const [json = ''] = [...guide.matchAll(/^```json cdkpipe\.config\.json\n(.*?)^```$/gms)].map(([, text]) => text);
const [yaml = ''] = [...guide.matchAll(/^```yaml\n(# cdkpipe\.config\.yaml\n.*?)^```$/gms)].map(([, text]) => text);

const small = (change: object = {}) => ({
  $schema: './node_modules/@cdkpipe/cli/definition.schema.json',
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: ['@cdkpipe/plugin-manual-approval'],
  source: { type: 'codeCommit', repository: 'shop' },
  build: { commands: ['npx cdkpipe synth'] },
  waves: [],
  ...change,
});
const wave = (approvals: unknown) => [
  {
    name: 'Beta',
    deployments: [
      { name: 'Beta', env: { account: '222222222222', region: 'eu-west-1' }, assembly: 'dist/beta', approvals },
    ],
  },
];
const path = '/waves/0/deployments/0/approvals';

describe('the schema accepts', () => {
  test.each([
    ['the JSON of the guide', JSON.parse(json)],
    ['the YAML of the guide', parse(yaml)],
    ['a definition with $schema', small()],
    [
      'sequences inside of parallel steps',
      small({ waves: wave({ parallel: [[{ kind: 'manual', name: 'A' }], { kind: 'manual', name: 'B' }] }) }),
    ],
    [
      'where the code of a step runs',
      small({ waves: wave([{ kind: 'codebuild', name: 'A', options: { commands: ['true'], runIn: 'target' } }]) }),
    ],
    ['options of a plugin', small({ plugins: [{ plugin: '@acme/policy', options: { level: 1 } }] })],
    ['options of a plugin in a pair', small({ plugins: [['@acme/other', { level: 1 }]] })],
    ['any options of a plugin that it does not know', small({ plugins: [{ plugin: '@acme/other', options: 1 }] })],
    [
      'any options of a kind that it does not know',
      small({ waves: wave([{ kind: 'pager', name: 'A', options: { who: 1 } }]) }),
    ],
  ])('%s', (_, definition) => {
    expect(faultsOf(definition)).toEqual([]);
  });
});

describe('the schema refuses', () => {
  test.each([
    ['a key that is misspelt', small({ sources: {} }), ''],
    [
      'an account that is a number, as YAML reads one without quotes',
      small({ env: { account: 111111111111, region: 'eu-west-1' } }),
      '/env/account',
    ],
    ['a name with a blank', small({ name: 'my shop' }), '/name'],
    [
      'an option that a kind does not have',
      small({ waves: wave([{ kind: 'manual', name: 'A', options: { coment: '' } }]) }),
      `${path}/0/options`,
    ],
    [
      'an option of a plugin with another type',
      small({ plugins: [{ plugin: '@acme/policy', options: { level: 'high' } }] }),
      '/plugins/0/options/level',
    ],
    [
      'options of a plugin that takes none',
      small({ plugins: [{ plugin: '@cdkpipe/plugin-manual-approval', options: { level: 1 } }] }),
      '/plugins/0/options',
    ],
    [
      'code, which data cannot hold',
      small({ waves: [{ name: 'B', deployments: [{ name: 'B', env: small().env, stacks: {} }] }] }),
      '/waves/0/deployments/0',
    ],
  ])('%s', (_, definition, place) => {
    expect(faultsOf(definition)).toContain(place);
  });
});

test.each([
  ['json', JSON.stringify],
  [
    'yaml',
    (value: object) =>
      Object.entries(value)
        .map(([key, part]) => `${key}: ${JSON.stringify(part)}`)
        .join('\n'),
  ],
])('$schema in cdkpipe.config.%s is for the editor, and changes nothing', async (extension, write) => {
  const cwd = makeDirectory({ [`cdkpipe.config.${extension}`]: write(small({ waves: [] })) });
  expect((await findProject(cwd)).file).toBe(join(cwd, `cdkpipe.config.${extension}`));
  // What is refused is that there is no wave, and not the key.
  const fault = await planProject({ cwd, builtIns: [codePipeline] }).catch(
    (error: { problems: unknown }) => error.problems,
  );
  expect(JSON.stringify(fault)).not.toContain('schema');
});

test('lint rules are known by name, with their levels and options', () => {
  const ruled = (rules: unknown, more: object = {}) => small({ rules, waves: [], ...more });
  const name = 'safe-deployments/bake-between-waves';
  for (const setting of ['off', ['warning', { minutes: 120 }], ['error', { production: { waves: ['Prod'] } }]])
    expect(faultsOf(ruled({ [name]: setting })), JSON.stringify(setting)).toEqual([]);
  for (const setting of ['loud', ['warning'], ['warning', { minuts: 1 }], ['warning', { minutes: '1' }]])
    expect(faultsOf(ruled({ [name]: setting })), JSON.stringify(setting)).not.toEqual([]);
  expect(faultsOf(ruled({ 'acme/other': ['error', { anything: 1 }] }))).toEqual([]);
  expect(faultsOf(ruled({}, { acknowledge: { [name]: 'a toy' } }))).toEqual([]);
  expect(faultsOf(ruled({}, { acknowledge: { [name]: 1 } }))).not.toEqual([]);
});
