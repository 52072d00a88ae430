import { readFileSync } from 'node:fs';
import { output } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lambda, lambdaKind } from './kind.ts';
import { lambdaOptions } from './options.ts';

const handler = './checks/latency.ts';
const functionArn = 'arn:aws:lambda:eu-west-1:111111111111:function:check';

const statement = { effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'] } as const;

const accepted: [string, object][] = [
  ['a file', { handler }],
  ['a file without ./', { handler: 'checks/latency.mjs' }],
  ['a file of a sibling package', { handler: '../shared/check.cts' }],
  ['an export', { handler: `${handler}#isFast` }],
  ['a module of a package', { handler: 'package:@acme/checks/latency#isFast' }],
  ['a package', { handler: 'package:checks' }],
  [
    'what the function may do',
    { handler, rolePolicy: [{ effect: 'Allow', actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }] },
  ],
  ['a function', { functionArn }],
  ['a function of another partition', { functionArn: 'arn:aws-cn:lambda:cn-north-1:111111111111:function:check' }],
  [
    'a payload with outputs',
    { handler, payload: { url: output('Orders', 'Url'), list: [1, null, true, output('A', 'B')] } },
  ],
  ['a text as payload', { handler, payload: '#{not.a.variable}' }],
  ['the shortest time-out', { handler, timeout: 1 }],
  ['the longest time-out', { handler, timeout: 15 }],
];

const refused: [string, object, string][] = [
  ['neither file nor function', {}, ''],
  ['both', { handler, functionArn }, 'handler'],
  ['an unknown key', { handler, memory: 1 }, ''],
  ['an absolute path', { handler: '/checks/latency.ts' }, 'handler'],
  ['a path of Windows', { handler: 'C:\\checks\\latency.ts' }, 'handler'],
  ['a file without extension', { handler: './checks/latency' }, 'handler'],
  ['a file of another language', { handler: './check.py' }, 'handler'],
  ['an export that is no name', { handler: `${handler}#a-b` }, 'handler'],
  ['a package by its path', { handler: 'package:../checks' }, 'handler'],
  ['a role policy for an existing function', { functionArn, rolePolicy: [statement] }, 'rolePolicy'],
  ['an action without service', { handler, rolePolicy: [{ ...statement, actions: ['x'] }] }, 'rolePolicy.0.actions.0'],
  ['a name of a function', { functionArn: 'check' }, 'functionArn'],
  ['a version', { functionArn: `${functionArn}:7` }, 'functionArn'],
  ['a function of no account', { functionArn: 'arn:aws:lambda:eu-west-1::function:check' }, 'functionArn'],
  ['a time-out for an existing function', { functionArn, timeout: 5 }, 'timeout'],
  ['no time', { handler, timeout: 0 }, 'timeout'],
  ['a time-out beyond what Lambda has', { handler, timeout: 16 }, 'timeout'],
  ['a date in the payload', { handler, payload: { at: [new Date(0)] } }, 'payload.at.0'],
  ['a number without JSON', { handler, payload: { n: Number.NaN } }, 'payload.n'],
  ['undefined in the payload', { handler, payload: { n: undefined } }, 'payload.n'],
  ['a function in the payload', { handler, payload: () => 1 }, 'payload'],
  ['half a reference', { handler, payload: { url: { $ref: 'output', stack: 'A' } } }, 'payload.url'],
  ['more than a reference', { handler, payload: { ...output('A', 'B'), more: 1 } }, 'payload'],
  ['a payload that is too large', { handler, payload: '🚀'.repeat(1000) }, 'payload'],
];

describe('the options of lambda', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    expect(lambdaOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it.each(refused)('refuse %s and say where', (_title, options, path) => {
    const result = lambdaOptions.safeParse(options);
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of lambdaKind.examples ?? [])
      expect(lambdaOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    const step = lambda('Latency', { handler, payload: { url: output('Orders', 'Url') }, runIn: 'target' });
    expect(JSON.parse(JSON.stringify(step))).toEqual({
      kind: 'lambda',
      name: 'Latency',
      options: { handler, payload: { url: { $ref: 'output', stack: 'Orders', name: 'Url' } }, runIn: 'target' },
    });
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(lambdaOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length + ['runIn'].length);
  });
});
