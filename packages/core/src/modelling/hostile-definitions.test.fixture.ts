/** Definitions that nobody should write, as data: where, what, and the code that refuses it. */
import { ask, beta, check, valid } from './definition.test.fixture.ts';

export interface HostileDefinition {
  readonly title: string;
  readonly value: unknown;
  readonly code: string;
}

type Path = readonly (string | number)[];

const deployment: Path = ['waves', 0, 'deployments', 0];
const base = {
  ...valid,
  additionalSources: {},
  variables: {},
  rehearsal: {},
  backends: {},
  waves: [{ ...valid.waves[0], deployments: [{ name: 'Beta', env: beta, assembly: 'dist' }] }],
};

/** `base` with the value at `path` replaced. */
export function withValue(path: Path, value: unknown, at: unknown = base): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = (at as Record<string | number, unknown> | undefined)?.[key];
  const changed = withValue(rest, value, inner ?? {});
  return Array.isArray(at)
    ? at.map((item, index) => (index === key ? changed : item))
    : { ...(at as object), [key]: changed };
}

const notText = [7, Number.NaN, true, null, [], {}, ['a']];
const notList = [7, true, null, 'a', {}, { length: 1 }];
const notRecord = [7, true, null, 'a', []];
const notName = [
  '',
  ' ',
  'a b',
  'a/b',
  '../a',
  'é',
  'a'.repeat(101),
  'a\n',
  'a\0b',
  '#{a}',
  `\${a}`,
  '$(id)',
  '\u202Ea',
  '\u200B',
];
const notAccount = [
  '',
  '1',
  '1111111111111',
  '11111111111a',
  '１１１１１１１１１１１１',
  '111111111111\n',
  ' 111111111111',
  '*',
];
const notRegion = ['', 'x', 'eu west 1', 'EU-WEST-1', 'eu-west-1\n', '*', 'eu-west-1"', '../eu-west-1'];
const notDirectory = ['/etc', '..', '../a', 'a/../../b'];

const invalid = 'VALUE_INVALID';

/** Each value at each path is a definition. */
const table: readonly (readonly [path: Path, values: readonly unknown[], code: string])[] = [
  [['name'], [...notText, ...notName], 'NAME_INVALID'],
  [['waves', 0, 'name'], [...notText, ...notName], 'NAME_INVALID'],
  [[...deployment, 'name'], [...notText, ...notName, '1a', 'a-', '-a', '@a'], 'NAME_INVALID'],
  [['env', 'account'], [...notText, ...notAccount], 'ACCOUNT_INVALID'],
  [['env', 'region'], [...notText, ...notRegion], 'REGION_INVALID'],
  [[...deployment, 'env', 'account'], [...notText, ...notAccount], 'ACCOUNT_INVALID'],
  [[...deployment, 'env', 'region'], [...notText, ...notRegion], 'REGION_INVALID'],
  [['env'], notRecord, invalid],
  [[...deployment, 'env'], notRecord, invalid],
  [['source'], notRecord.slice(0, 4), invalid],
  [['source', 'type'], [...notText, '', 'svn', 'constructor', 'toString', '__proto__'], invalid],
  [['build', 'commands'], notList, invalid],
  [['build', 'commands', 0], [7, null, {}], invalid],
  [['build', 'output'], [...notText, ''], invalid],
  [['build', 'env'], notRecord, invalid],
  [['build', 'env', 'A'], [7, null, [], {}, { $ref: 'nothing' }], invalid],
  [['build', 'env'], [{ '': 'x' }, { 'a b': 'x' }, { 'a=b': 'x' }, { '1a': 'x' }, { 'a\n': 'x' }], invalid],
  [['build', 'timeout'], ['5', 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9], invalid],
  [['build', 'privileged'], ['true', 1, null], invalid],
  [['build', 'computeType'], ['huge', 1, null, 'constructor'], invalid],
  [['build', 'rolePolicy'], [7, 'a', {}, [null], ['*']], invalid],
  [['build', 'script'], notDirectory, invalid],
  [['waves'], [7, 'a', {}, null, true], invalid],
  [['waves', 0, 'deployments'], [7, 'a', {}, null], invalid],
  [['waves', 0, 'rollback'], ['always', true, 1, null], invalid],
  [[...deployment, 'prepare'], ['some', true, 1, null, []], invalid],
  [[...deployment, 'order'], ['a', 7, [['a']], [[]], [7], [['a', 7]]], invalid],
  [[...deployment, 'constructPath'], [7, null, '/', 'a//b', 'a\nb'], invalid],
  [[...deployment, 'stacks'], [7, 'a', [], {}], invalid],
  [['additionalSources'], notRecord, invalid],
  [['variables'], notRecord, invalid],
  [['rehearsal'], notRecord, invalid],
  [['backends'], notRecord, invalid],
  [['plugins'], [7, 'a', {}, null], invalid],
  ...[[], ['env'], ['source'], ['build'], ['waves', 0], deployment, [...deployment, 'env'], ['rehearsal']].map(
    (path: Path) => [[...path, 'constructor'], ['a'], 'UNKNOWN_KEY'] as const,
  ),
  ...['toString', 'hasOwnProperty', 'valueOf', 'Name', 'stage'].map((key) => [[key], ['a'], 'UNKNOWN_KEY'] as const),
  [
    [...deployment, 'approvals'],
    [7, 'a', true, null, {}, [7], [null], [{ kind: 'ask' }], [{ name: 'A' }]],
    'STEP_INVALID',
  ],
  [
    [...deployment, 'approvals'],
    ['constructor', 'toString', '__proto__', '', 'Ask'].map((kind) => [{ kind, name: 'A' }]),
    'KIND_UNKNOWN',
  ],
  [[...deployment, 'approvals'], notName.map((name) => [ask(name)]), 'NAME_INVALID'],
  [[...deployment, 'approvals'], [[{ parallel: [] }]], 'PARALLEL_EMPTY'],
  [[...deployment, 'approvals'], [{ parallel: [[], [[]]] }], 'PARALLEL_EMPTY'],
  [[...deployment, 'approvals'], [[undefined], { parallel: [[], undefined] }], 'STEP_INVALID'],
  [[...deployment, 'approvals'], [[ask('A'), ask('a')], [{ parallel: [ask('A'), ask('A')] }]], 'STEP_NAME_TAKEN'],
  [
    [...deployment, 'approvals'],
    [[check('A', { command: 'true', runIn: 7 })], [check('A', { command: 'true', runIn: '__proto__' })]],
    invalid,
  ],
  [['waves', 0, 'before'], [[check('A')]], 'STEP_MISPLACED'],
  [['waves'], [[...base.waves, ...base.waves]], 'WAVE_NAME_TAKEN'],
  [
    ['waves'],
    [Array.from({ length: 10_000 }, (_, index) => ({ ...base.waves[0], name: `W${index}` }))],
    'PIPELINE_TOO_LARGE',
  ],
  [
    ['waves', 0, 'deployments'],
    [Array.from({ length: 1001 }, (_, index) => ({ ...base.waves[0]?.deployments[0], name: `D${index}` }))],
    'PIPELINE_TOO_LARGE',
  ],
  [['waves'], [new Array(1e6)], 'DEFINITION_TOO_LARGE'],
  [['backends', 'x'], [Array.from({ length: 1e6 }).reduce<unknown>((inner) => [inner], 1)], 'DEFINITION_TOO_DEEP'],
  [['build', 'env'], [JSON.parse('{ "__proto__": "x" }')], 'KEY_RESERVED'],
  ...foundBySecondAttack(),
];

/** What was accepted of a thousand more definitions, which were written without knowing those above. */
function foundBySecondAttack(): (readonly [path: Path, values: readonly unknown[], code: string])[] {
  const connection = {
    type: 'connection',
    repository: 'acme/orders',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/a',
  };
  const arns = [
    'arn:-:codeconnections:eu-west-1:111111111111:connection/a',
    'arn:aws:codeconnections:-:111111111111:connection/a',
  ];
  const branches = ['a.lock', '.a', 'a/.b', '@', 'a.', 'a/b.lock/c'];
  const rights = { effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'] };
  const resources = ['s3:::x', 'x', 'arn:aws:s3'];
  const operators = ['NotAnOperator', 'StringEqual', ''];
  const secret = 'aB3'.repeat(14).slice(0, 40);
  const tokens = [`xo${'xc'}-123456789012-${secret}`, `xo${'xd'}-${secret}`, `x_gh${'p_'}${secret}`];
  const addresses = [`https://hooks.slack.com/${'triggers'}/T0123456/123456789/${secret}`];
  const steps = Object.defineProperty({ name: 'A', kind: 'ask' }, 'options', { value: { timeout: 5 } });
  return [
    [['build', 'commands'], [['# nothing'], ['  # nothing\n# more'], ['\\\n']], invalid],
    [['build', 'output'], ['-rf'], 'DIRECTORY_INVALID'],
    [['build', 'script'], ['-c'], invalid],
    [['build', 'rolePolicy'], resources.map((resource) => [{ ...rights, resources: [resource] }]), invalid],
    [
      ['build', 'rolePolicy'],
      operators.map((operator) => [{ ...rights, conditions: { [operator]: { 'aws:x': 'a' } } }]),
      invalid,
    ],
    [['source'], branches.map((branch) => ({ type: 'codeCommit', repository: 'orders', branch })), invalid],
    [['source'], arns.map((connectionArn) => ({ ...connection, connectionArn })), invalid],
    [['source'], ['../x', './x', 'a/..', 'a/../b'].map((repository) => ({ ...connection, repository })), invalid],
    [[...deployment, 'assembly'], [{ directory: 'dist', stacks: ['Api', 'Api'] }], invalid],
    [['build', 'env'], [...tokens, ...addresses].map((token) => ({ A: token })), 'CREDENTIAL_WRITTEN'],
    [['build', 'env'], [{ AWS_SECRET_KEY: secret }, { [`gh${'p_'}${secret}`]: 'x' }], 'CREDENTIAL_WRITTEN'],
    [['rehearsal', 'outputs'], [{ 'S\0': { A: 'x' } }], 'TEXT_HAS_NUL'],
    [['build', 'commands'], [['npx \ud800']], 'TEXT_NOT_UNICODE'],
    [[...deployment, 'approvals'], [[steps]], invalid],
    [['backends', 'x'], [wideProxy()], 'DEFINITION_TOO_LARGE'],
  ];
}

/** To ask about each of its keys would take minutes. */
function wideProxy(): object {
  const descriptor = { value: 1, enumerable: true, configurable: true };
  return new Proxy(
    {},
    {
      ownKeys: () => Array.from({ length: 1e6 }, (_, index) => `k${index}`),
      getOwnPropertyDescriptor: () => descriptor,
    },
  );
}

export const hostileDefinitions: readonly HostileDefinition[] = table.flatMap(([path, values, code]) =>
  values.map((value, index) => ({ title: `${path.join('.')}: ${index}`, value: withValue(path, value), code })),
);

export const hostileBase = base;
