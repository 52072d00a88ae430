import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineKind } from '../contracts/kind.ts';
import { definePlugin } from '../contracts/plugin.ts';
import { registerPlugins } from '../contracts/registry.ts';
import { defineRenderer } from '../contracts/renderer.ts';
import { exported, variable } from '../definition/references.ts';
import { source } from '../definition/source.ts';
import { ask, beta, plugin, problemsOf, stacks, valid, withDeployment } from '../modelling/definition.test.fixture.ts';
import { edgesOf, planOf, stack, taken } from './plan.test.fixture.ts';

const runner = defineKind({
  name: 'runner',
  summary: 'runs and exports',
  options: z.strictObject({ use: z.unknown().optional(), exports: z.array(z.string()).optional() }),
  positions: ['build', 'change', 'approval', 'wave'],
  exports: ({ exports = [] }) => exports,
});
const registry = registerPlugins([
  plugin,
  definePlugin({
    name: 'runner-plugin',
    api: 1,
    kinds: [runner],
    renderers: [defineRenderer({ backend: 'test', kind: 'runner', render: () => ({}) })],
  }),
]);
const all = { registry, references: ['output', 'source', 'variable', 'exported'] as const };

const run = (name: string, options: Record<string, unknown> = {}) => ({ kind: 'runner', name, options });
const setting = (name: string, ...exports: string[]) => run(name, { exports });
const using = (name: string, use: unknown) => run(name, { use });
const plan = (definition: Record<string, unknown>, apps = [stack('App')]) => planOf(definition, apps, all);
const faults = (definition: Record<string, unknown>, apps = [stack('App')]) => problemsOf(() => plan(definition, apps));
const manual = { ...valid, source: { ...valid.source, trigger: 'none' } };
const at = 'waves[0].deployments[0]';
const next = { name: 'Next', env: beta, stacks };

describe('a variable that a step exports', () => {
  test('comes from what has run already without a further edge', async () => {
    const planned = await plan({
      ...valid,
      build: { ...valid.build, exports: ['VERSION'], before: [setting('Lint', 'SCORE')] },
      waves: [
        {
          name: 'Beta',
          before: [using('Early', [exported('Build', 'VERSION'), exported('Lint', 'SCORE')])],
          deployments: [
            {
              name: 'Beta',
              env: beta,
              stacks,
              changes: [using('Look', exported('Build', 'VERSION'))],
              approvals: [setting('Smoke', 'URL'), using('After', exported('Smoke', 'URL'))],
            },
          ],
        },
        { name: 'Next', before: [using('Then', exported('Beta/Smoke', 'URL'))], deployments: [next] },
      ],
    });
    expect(edgesOf(planned).filter((edge) => /^(Beta|Next)(:before)?\/(Early|Look|After|Then)\b/.test(edge))).toEqual([
      'Beta:before/Early <- update',
      'Beta/Look <- Beta/App:prepare',
      'Beta/After <- Beta/Smoke',
      'Next:before/Then <- Beta/After',
    ]);
  });

  test('makes the step that uses it wait where nothing else does', async () => {
    const approvals = { parallel: [setting('Measure', 'MS'), using('Judge', exported('Measure', 'MS')), ask('Look')] };
    expect(edgesOf(await plan(withDeployment({ approvals }))).slice(-3)).toEqual([
      'Beta/Measure <- Beta/App:execute',
      'Beta/Judge <- Beta/App:execute, Beta/Measure',
      'Beta/Look <- Beta/App:execute',
    ]);
  });

  test.each([
    [
      'a step that is not there',
      withDeployment({ approvals: [setting('Smoke', 'URL'), using('Use', exported('Beta/Smok', 'URL'))] }),
      { code: 'EXPORTER_UNKNOWN', path: `${at}.approvals[1].options.use`, fix: 'did you mean "Beta/Smoke"?' },
    ],
    [
      'a variable that the step does not export',
      withDeployment({ approvals: [setting('Smoke', 'URL'), using('Use', exported('Smoke', 'URI'))] }),
      { code: 'EXPORT_UNKNOWN', message: '"Beta/Smoke" does not export "URI"', fix: 'did you mean "URL"?' },
    ],
    [
      'a step that exports nothing',
      withDeployment({ approvals: [ask('Smoke'), using('Use', exported('Smoke', 'URL'))] }),
      { code: 'EXPORT_UNKNOWN', fix: 'there is nothing to choose from' },
    ],
    [
      'a step that runs later',
      withDeployment({ approvals: [using('Use', exported('Smoke', 'URL')), setting('Smoke', 'URL')] }),
      { code: 'EXPORT_NOT_KNOWN_YET', path: `${at}.approvals[0].options.use` },
    ],
    [
      'itself',
      withDeployment({ approvals: [run('Self', { exports: ['A'], use: exported('Self', 'A') })] }),
      { code: 'EXPORT_NOT_KNOWN_YET' },
    ],
    [
      'the build, before it',
      {
        ...valid,
        build: { ...valid.build, exports: ['V'], before: [using('Use', exported('Build', 'V'))] },
      },
      { code: 'EXPORT_NOT_KNOWN_YET', path: 'build.before[0].options.use' },
    ],
    [
      'a later step, in the environment of the build',
      {
        ...valid,
        build: { ...valid.build, env: { V: exported('Scan', 'V') }, after: [setting('Scan', 'V')] },
      },
      { code: 'EXPORT_NOT_KNOWN_YET', path: 'build.env.V' },
    ],
  ])('is refused of %s', async (_title, definition, problem) => {
    expect(await faults(definition)).toEqual([expect.objectContaining(problem)]);
  });

  test('is refused of a change approval that stands once for each stack', async () => {
    const changes = [setting('Diff', 'SIZE')];
    const approvals = [using('Use', exported('Diff', 'SIZE'))];
    const importing = [
      stack('Data', { outputs: ['T'] }),
      stack('Api', { dependencies: ['Data'], imports: [taken('Data', 'T')] }),
    ];
    expect(await faults(withDeployment({ changes, approvals }), importing)).toEqual([
      expect.objectContaining({
        code: 'EXPORT_AMBIGUOUS',
        message: '"Beta/Diff" runs 2 times, once for each stack, so "SIZE" has no one value',
      }),
    ]);
  });

  test('is told once where the step that uses it stands for several stacks', async () => {
    const changes = [using('Use', exported('Nobody', 'X'))];
    const importing = [stack('Data'), stack('Api', { imports: [taken('Data', 'T')], dependencies: ['Data'] })];
    expect(await faults(withDeployment({ changes }), importing)).toHaveLength(1);
  });
});

describe('an attribute of a source', () => {
  const definition = (use: unknown) => ({
    ...valid,
    additionalSources: { 'images/base': { type: 'ecr', repository: 'base' } },
    build: { ...valid.build, env: { A: use } },
  });

  test.each([source.attribute('commitId'), source.attribute('digest', 'images/base')])(
    'is known everywhere, also in the build: %j',
    async (use) => {
      expect(await faults(definition(use))).toEqual([]);
    },
  );

  test.each([
    [
      source.attribute('digest'),
      { code: 'SOURCE_ATTRIBUTE_UNKNOWN', message: 'a source of type "github" has no attribute "digest"' },
    ],
    [
      { $ref: 'source', attribute: 'comitId' },
      { code: 'SOURCE_ATTRIBUTE_UNKNOWN', path: 'build.env.A', fix: 'did you mean "commitId"?' },
    ],
    [
      source.attribute('commitId', 'images/base'),
      { code: 'SOURCE_ATTRIBUTE_UNKNOWN', fix: 'use one of: digest, imageUri, tag, repository, registryId' },
    ],
    [source.attribute('digest', 'image/base'), { code: 'SOURCE_UNKNOWN', fix: 'did you mean "images/base"?' }],
  ])('is refused where the source has none: %j', async (use, problem) => {
    expect(await faults(definition(use))).toEqual([expect.objectContaining(problem)]);
  });
});

describe('a variable of the pipeline', () => {
  test('is part of the model, and steps may use it anywhere', async () => {
    const definition = { ...manual, variables: { Level: { description: 'how much' }, Size: { default: 'small' } } };
    const planned = await plan({ ...definition, build: { ...valid.build, before: [using('Use', variable('Size'))] } });
    expect(planned.pipeline.variables).toEqual([
      { name: 'Level', description: 'how much' },
      { name: 'Size', default: 'small' },
    ]);
  });

  test('is refused where it is not declared', async () => {
    const approvals = [using('Use', variable('Sise'))];
    expect(await faults({ ...withDeployment({ approvals }), variables: { Size: { default: 's' } } })).toEqual([
      expect.objectContaining({
        code: 'VARIABLE_UNKNOWN',
        path: `${at}.approvals[0].options.use`,
        fix: 'did you mean "Size"?',
      }),
    ]);
  });

  test('needs a default where the source starts runs by itself', async () => {
    expect(await faults({ ...valid, variables: { Size: {} } })).toEqual([
      expect.objectContaining({ code: 'VARIABLE_WITHOUT_DEFAULT', path: 'variables["Size"]' }),
    ]);
  });
});

test.each([source.attribute('commitId'), variable('Size'), exported('Build', 'V')])(
  'a backend that does not say it can is not asked to honour %j',
  async (use) => {
    const definition = withDeployment({ approvals: [using('Use', use)] });
    expect(await problemsOf(() => planOf(definition, [stack('App')], { registry }))).toEqual([
      expect.objectContaining({ code: 'REFERENCE_UNSUPPORTED', path: `${at}.approvals[0].options.use` }),
    ]);
  },
);
