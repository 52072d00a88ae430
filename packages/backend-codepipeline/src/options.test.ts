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
    });
  });

  it.each([
    [{ executionMode: 'PARALLEL' }, /PARALLEL runs would replace each other's change sets/],
    [{ executionMode: 'FAST' }, /expected "SUPERSEDED" or "QUEUED"/],
    [{ customize: 'no' }, /expected a function that takes \{ stack, pipeline \}/],
    [{ actionsPerStage: 0 }, />=1/],
    [{ selfupdate: false }, /selfupdate/],
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
