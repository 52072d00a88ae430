import type { BackendOptions } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { optionsSchema } from './options.ts';

describe('the options', () => {
  it('have defaults', () => {
    expect(optionsSchema.parse({})).toEqual({
      selfUpdate: true,
      accessLogs: true,
      actionsPerStage: 50,
      actionsPerPipeline: 500,
      executionMode: 'SUPERSEDED',
      assets: { publish: 'together', concurrency: 4 },
      dockerCredentials: [],
      existing: {},
    });
  });

  it.each([
    [{ executionMode: 'PARALLEL' }, /PARALLEL runs would replace each other's change sets/],
    [{ executionMode: 'FAST' }, /expected "SUPERSEDED" or "QUEUED"/],
    [{ customize: 'no' }, /expected a function that takes \{ stack, pipeline, imported \}/],
    [{ actionsPerStage: 0 }, />=1/],
    [{ selfupdate: false }, /selfupdate/],
    [{ pipeline: 'mine' }, /returns a CfnPipeline/],
    [{ existing: { pipelineRole: 'admin' } }, /ARN of a role/],
    [{ existing: { artifacts: { nowhere: { bucket: 'abc' } } } }, /region|Invalid key/],
    [{ existing: { artifacts: { 'eu-west-1': { bucket: 'abc', key: 'alias/abc' } } } }, /ARN of a key/],
    [{ assets: { publish: 'apart' } }, /together/],
    [{ assets: { concurrency: 0 } }, />=1/],
    [{ codeBuildDefaults: { assets: { privileged: true } } }, /privileged/],
    [{ codeBuildDefaults: { all: { timeout: 1 } } }, />=5/],
    [{ dockerCredentials: [{ type: 'dockerHub' }] }, /expected string/],
    [{ dockerCredentials: [{ type: 'dockerHub', secret: 'a*' }] }, /name or ARN of a secret/],
    [{ dockerCredentials: [{ type: 'registry', domain: 'https://a', secret: 'a' }] }, /domain of a registry/],
    [{ dockerCredentials: [{ type: 'registry', domain: '..', secret: 'a' }] }, /domain of a registry/],
    [{ dockerCredentials: [{ type: 'ecr', repositories: ['base'] }] }, /ACCOUNT\.dkr\.ecr/],
    [
      {
        dockerCredentials: [
          { type: 'dockerHub', secret: 'a', usages: ['build'] },
          { type: 'dockerHub', secret: 'b' },
        ],
      },
      /the second credential for https:\/\/index\.docker\.io\/v1\/ in build/,
    ],
  ])('refuse %j', (input, message) => {
    expect(optionsSchema.safeParse(input).error?.issues[0]?.message).toMatch(message);
  });

  it('are typed where the definition names them', () => {
    const backends: BackendOptions = { codepipeline: { executionMode: 'QUEUED' } };
    // @ts-expect-error the compiler knows the modes
    const wrong: BackendOptions = { codepipeline: { executionMode: 'SLOW' } };
    expect(optionsSchema.safeParse(backends.codepipeline).success).toBe(true);
    expect(optionsSchema.safeParse(wrong.codepipeline).success).toBe(false);
  });
});
