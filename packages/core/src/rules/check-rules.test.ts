import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineRule, type RuleFinding } from '../contracts/rule.ts';
import { CdkpipeError } from '../errors/cdkpipe-error.ts';
import { beta, problemsOf, stacks, valid } from '../modelling/definition.test.fixture.ts';
import { judged, strictest } from './rules.test.fixture.ts';

const name = 'acme/nothing-at-all';
const found = {
  code: 'RULE_VIOLATED',
  message: '"Beta" is deployed',
  path: 'waves[0].deployments[0]',
  fix: 'deploy nothing',
  rule: name,
  plugin: '@acme/rules',
  version: '1.2.3',
};

const acknowledging = (acknowledge: unknown) => ({
  waves: [{ name: 'Beta', deployments: [{ name: 'Beta', env: beta, stacks, acknowledge }] }],
});

/** The strictest rule with another `check`. */
const checking = (check: () => unknown) => defineRule({ ...strictest, check: check as () => readonly RuleFinding[] });

describe('a finding', () => {
  test('is a warning where the rule says so, with place, fix, rule and plugin', async () => {
    expect(await judged([strictest])).toEqual({ warnings: [found], notes: [] });
  });

  test('is an error where the definition says so', async () => {
    const work = () => judged([strictest], { rules: { [name]: 'error' } });
    expect(await problemsOf(work)).toEqual([found]);
    await expect(work).rejects.toMatchObject({ source: 'user' });
  });

  test('is a warning where the definition says so, and an error where the rule does', async () => {
    const severe = defineRule({ ...strictest, severity: 'error' });
    expect(await problemsOf(() => judged([severe]))).toEqual([found]);
    expect((await judged([severe], { rules: { [name]: ['warning', {}] } })).warnings).toEqual([found]);
  });

  test('has the fix, node and page of its own', async () => {
    const rule = defineRule({
      ...checking(() => [{ message: 'odd', fix: 'even it out', node: 'Build' }]),
      docs: 'https://acme.example/odd',
    });
    expect((await judged([rule])).warnings).toEqual([
      {
        ...found,
        message: 'odd',
        fix: 'even it out',
        node: 'Build',
        docs: 'https://acme.example/odd',
        path: undefined,
      },
    ]);
  });

  test('of every rule is reported, not only those of the first', async () => {
    const other = defineRule({ ...strictest, name: 'acme/other' });
    const problems = await problemsOf(() =>
      judged([strictest, other], { rules: { [name]: 'error', 'acme/other': 'error' } }),
    );
    expect(problems.map(({ rule }) => rule)).toEqual([name, 'acme/other']);
  });
});

test('a rule that is off does not run', async () => {
  const rule = checking(() => {
    throw new Error('ran');
  });
  expect(await judged([rule], { rules: { [name]: 'off' } })).toEqual({ warnings: [], notes: [] });
});

describe('an acknowledgement', () => {
  test('of a deployment turns its warning into a note with the reason', async () => {
    expect(await judged([strictest], acknowledging({ [name]: 'a toy' }))).toEqual({
      warnings: [],
      notes: [{ about: name, text: 'waves[0].deployments[0]: "Beta" is deployed, acknowledged: a toy' }],
    });
  });

  test('of the definition and of a wave holds for what is inside', async () => {
    const [{ deployments = [] } = {}] = valid.waves;
    for (const definition of [
      { acknowledge: { [name]: 'a toy' } },
      { waves: [{ name: 'Beta', deployments, acknowledge: { [name]: 'a toy' } }] },
    ])
      expect((await judged([strictest], definition)).warnings).toEqual([]);
  });

  test('of one deployment holds for no other, also where its path begins alike', async () => {
    const deployments = Array.from({ length: 11 }, (_, index) => ({ name: `D${index}`, env: beta, stacks }));
    const [first, second, ...rest] = deployments;
    const waves = [{ name: 'W', deployments: [first, { ...second, acknowledge: { [name]: 'a toy' } }, ...rest] }];
    const { warnings } = await judged([strictest], { waves });
    expect(warnings.map(({ path }) => path)).toEqual(
      [0, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((d) => `waves[0].deployments[${d}]`),
    );
  });

  test('does not hide an error, and the error says so', async () => {
    const problems = await problemsOf(() =>
      judged([strictest], { ...acknowledging({ [name]: 'a toy' }), rules: { [name]: 'error' } }),
    );
    expect(problems).toEqual([{ ...found, fix: expect.stringContaining('only warnings can be acknowledged') }]);
  });

  test('of nothing is a warning', async () => {
    const rule = checking(() => []);
    expect((await judged([rule], acknowledging({ [name]: 'a toy' }))).warnings).toMatchObject([
      { code: 'ACKNOWLEDGEMENT_UNUSED', path: `waves[0].deployments[0].acknowledge["${name}"]`, rule: name },
    ]);
  });

  test('needs a reason', async () => {
    expect(await problemsOf(() => judged([strictest], acknowledging({ [name]: ' ' })))).toMatchObject([
      { code: 'VALUE_INVALID', path: `waves[0].deployments[0].acknowledge["${name}"]` },
    ]);
  });
});

describe('settings', () => {
  test('of a rule that no plugin has are refused with the near misses', async () => {
    const work = () => judged([strictest], { rules: { 'acme/nothing-at-al': 'off' }, acknowledge: { 'acme/x': 'y' } });
    expect(await problemsOf(work)).toMatchObject([
      { code: 'RULE_UNKNOWN', path: 'rules["acme/nothing-at-al"]', fix: `did you mean "${name}"?` },
      { code: 'RULE_UNKNOWN', path: 'acknowledge["acme/x"]', fix: `use one of: ${name}` },
    ]);
  });

  test.each([['loud'], [['warning']], [['warning', {}, {}]], [{ level: 'warning' }]])(
    'of the form %j are refused',
    async (setting) => {
      expect(await problemsOf(() => judged([strictest], { rules: { [name]: setting } }))).toMatchObject([
        {
          code: 'VALUE_INVALID',
          path: `rules["${name}"]`,
          message: expect.stringContaining('expected "off", "warning", "error"'),
        },
      ]);
    },
  );

  const counting = defineRule({
    name: 'acme/count',
    summary: 'There are few deployments.',
    severity: 'warning',
    reads: 'plan',
    fix: 'deploy less',
    options: z.strictObject({ most: z.int().min(0).default(1) }),
    check: ({ pipeline }, { options: { most } }) =>
      pipeline.waves.length > most ? [{ message: `more than ${most} waves` }] : [],
  });

  test('hand options to the rule, with the defaults of its schema', async () => {
    expect((await judged([counting])).warnings).toEqual([]);
    expect((await judged([counting], { rules: { 'acme/count': ['warning', { most: 0 }] } })).warnings).toMatchObject([
      { message: 'more than 0 waves' },
    ]);
  });

  test('with options that the schema refuses name their place, also where the rule is off', async () => {
    expect(
      await problemsOf(() => judged([counting], { rules: { 'acme/count': ['off', { most: 'few' }] } })),
    ).toMatchObject([{ code: 'OPTIONS_INVALID', path: 'rules["acme/count"][1].most' }]);
    expect(await problemsOf(() => judged([strictest], { rules: { [name]: ['error', { most: 1 }] } }))).toMatchObject([
      { code: 'UNKNOWN_KEY', path: `rules["${name}"][1].most` },
    ]);
  });
});

describe('a rule that misbehaves is named with its plugin and version', () => {
  test.each<[string, () => unknown, string]>([
    [
      'when it throws',
      () => {
        throw new Error('boom');
      },
      'PLUGIN_FAILED',
    ],
    ['when it rejects', () => Promise.reject(new Error('boom')), 'PLUGIN_FAILED'],
    ['when it never settles', () => new Promise(() => {}), 'PLUGIN_TIMED_OUT'],
    ['when it returns nothing', () => undefined, 'RULE_RESULT_INVALID'],
    ['when it returns a finding without a message', () => [{ path: 'waves[0]' }], 'RULE_RESULT_INVALID'],
    [
      'when it returns a finding with a key of its own',
      () => [{ message: 'a', severity: 'off' }],
      'RULE_RESULT_INVALID',
    ],
    [
      'when it returns a proxy that throws',
      () =>
        new Proxy([], {
          get: (_, key) => {
            if (key === 'then') return undefined;
            throw new Error('no');
          },
        }),
      'RULE_RESULT_INVALID',
    ],
  ])('%s', async (_, check, code) => {
    const work = () => judged([checking(check)], {}, { timeoutMs: code === 'PLUGIN_TIMED_OUT' ? 30 : 30_000 });
    expect(await problemsOf(work)).toMatchObject([{ code, plugin: '@acme/rules', version: '1.2.3', rule: name }]);
    await expect(work).rejects.toMatchObject({ source: 'plugin' });
  });

  test('when it changes what it reads', async () => {
    const rule = defineRule({
      ...strictest,
      check: ({ waves }) => {
        (waves as unknown[]).pop();
        return [];
      },
    });
    expect(await problemsOf(() => judged([rule]))).toMatchObject([{ code: 'PLUGIN_FAILED', rule: name }]);
  });
});

test('a rule is told when the command is interrupted', async () => {
  const interrupted = new AbortController();
  const rule = checking(() => {
    interrupted.abort(new Error('interrupted'));
    return new Promise(() => {});
  });
  await expect(judged([rule], {}, { signal: interrupted.signal })).rejects.toThrow('interrupted');
});

test('the errors are those of cdkpipe', async () => {
  await expect(judged([strictest], { rules: { [name]: 'error' } })).rejects.toBeInstanceOf(CdkpipeError);
});
