import { readFileSync } from 'node:fs';
import { output, parameter, secret } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { codebuild, codebuildKind } from './kind.ts';
import { codebuildOptions } from './options.ts';

const commands = ['./smoke.sh'];
const vpc = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0'],
  securityGroupIds: ['sg-0123456789abcdef0'],
};

const accepted: [string, object][] = [
  ['commands alone', {}],
  [
    'plain values, outputs, secrets and parameters as env',
    {
      env: {
        A: '',
        B: output('Orders', 'Url'),
        C: secret('db', { field: 'password' }),
        D: secret('key'),
        E: parameter('/a'),
      },
    },
  ],
  ['an image by digest', { image: 'public.ecr.aws/x/y@sha256:0123' }],
  ['inputs', { inputs: ['cdk.out', 'vendor/lib', 'images/base', 'd'] }],
  ['a local cache', { cache: { type: 'local', modes: ['source', 'custom'] } }],
  ['a bucket as cache', { cache: { type: 's3', bucket: 'acme-cache' } }],
  ['a VPC', { vpc }],
  ['the shortest time-out', { timeout: 5 }],
  ['the longest time-out', { timeout: 2160 }],
  [
    'a statement with conditions',
    {
      rolePolicy: [
        {
          effect: 'Allow',
          actions: ['s3:Get*'],
          resources: ['arn:aws:s3:::acme/*'],
          conditions: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
        },
      ],
    },
  ],
];

const refused: [string, object, string][] = [
  ['an unknown key', { comands: [] }, ''],
  ["runIn, which is core's to take", { runIn: 'target' }, ''],
  ['no commands', { commands: [] }, 'commands'],
  ['missing commands', { commands: undefined }, 'commands'],
  ['a command of white space', { commands: [' '] }, 'commands.0'],
  ['nothing but comments', { commands: ['# ./smoke.sh', '  # later\n'] }, 'commands'],
  ['an input that is an option of a command', { inputs: ['-rf'] }, 'inputs.0'],
  ['a command that is no text', { commands: [['a']] }, 'commands.0'],
  ['a variable with a dash', { env: { 'A-B': 'x' } }, 'env.A-B'],
  ['a variable of CodeBuild', { env: { CODEBUILD_BUILD_ID: 'x' } }, 'env.CODEBUILD_BUILD_ID'],
  ['a number as value', { env: { A: 1 } }, 'env.A'],
  ['a reference of an unknown type', { env: { A: { $ref: 'vault', name: 'x' } } }, 'env.A'],
  ['the value of a secret beside its name', { env: { A: { ...secret('x'), value: 'y' } } }, 'env.A'],
  ['a secret name that reaches further', { env: { A: secret('x:y') } }, 'env.A'],
  ['a field that reaches further', { env: { A: secret('x', { field: 'y:AWSPREVIOUS' }) } }, 'env.A'],
  ['a parameter with a wildcard', { env: { A: parameter('/a/*') } }, 'env.A'],
  ['an image with a space', { image: 'a b' }, 'image'],
  ['an unknown size', { computeType: 'huge' }, 'computeType'],
  ['too many inputs', { inputs: ['a', 'b', 'c', 'd', 'e'] }, 'inputs'],
  ['an input twice', { inputs: ['a', 'a'] }, 'inputs'],
  ['an input outside the workspace', { inputs: ['../a'] }, 'inputs.0'],
  ['paths of a cache that keeps none', { cache: { type: 'local', modes: ['docker'], paths: ['a'] } }, 'cache.paths'],
  ['an output outside the workspace', { output: '../lib' }, 'output'],
  ['an output laid outside the workspace', { output: { from: 'dist', to: '/lib' } }, 'output'],
  [
    'a file system that is no ID',
    { fileSystems: [{ identifier: 'a', fileSystemId: 'x', mountPoint: '/a' }] },
    'fileSystems.0.fileSystemId',
  ],
  ['commands of the build phase', { buildSpec: { phases: { build: { commands: ['a'] } } } }, 'buildSpec.phases.build'],
  ['a batch of builds', { buildSpec: { batch: {} } }, 'buildSpec'],
  ['files of the output', { buildSpec: { artifacts: { files: ['a'] } } }, 'buildSpec.artifacts'],
  ['a log kept for 8 days', { logging: { cloudWatch: { retention: 8 } } }, 'logging.cloudWatch'],
  ['a secret with a wildcard', { image: { name: 'a', secret: 'team/*' } }, 'image'],
  ['a cache without bucket', { cache: { type: 's3' } }, 'cache.bucket'],
  ['a VPC without subnets', { vpc: { ...vpc, subnetIds: [] } }, 'vpc.subnetIds'],
  ['a VPC by name', { vpc: { ...vpc, vpcId: 'main' } }, 'vpc.vpcId'],
  ['a time-out that is too short', { timeout: 4 }, 'timeout'],
  ['a time-out that is too long', { timeout: 2161 }, 'timeout'],
  ['a statement without effect', { rolePolicy: [{ actions: ['s3:*'], resources: ['*'] }] }, 'rolePolicy.0.effect'],
  [
    'an action without service',
    { rolePolicy: [{ effect: 'Allow', actions: ['Get'], resources: ['*'] }] },
    'rolePolicy.0.actions.0',
  ],
];

describe('the options of codebuild', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    const given = { commands, ...options };
    expect(codebuildOptions.safeParse(given)).toEqual({ success: true, data: given });
  });

  it.each(refused)('refuse %s and say where', (_title, options, path) => {
    const result = codebuildOptions.safeParse({ commands, ...options });
    const paths = result.error?.issues.map((issue) => issue.path.join('.'));
    expect(paths).toHaveLength(1);
    expect(paths?.[0]?.startsWith(path)).toBe(true);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of codebuildKind.examples ?? [])
      expect(codebuildOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    const step = codebuild('Smoke', {
      commands,
      env: { PASSWORD: secret('db', { field: 'password' }) },
      runIn: 'target',
    });
    expect(JSON.parse(JSON.stringify(step))).toEqual({
      kind: 'codebuild',
      name: 'Smoke',
      options: {
        commands,
        env: { PASSWORD: { $ref: 'secret', name: 'db', field: 'password' } },
        runIn: 'target',
      },
    });
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(codebuildOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length + ['runIn'].length);
  });
});
