import type { Source } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { connection, planOf } from '../fixture/plan.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

const s3 = (trigger: 'event' | 'poll' | 'none'): Source => ({ type: 's3', bucket: 'acme', key: 'a/b.zip', trigger });
const noted = (source: Source, additional: Readonly<Record<string, Source>> = {}) =>
  codepipeline.layOut?.(planOf({ source, additionalSources: additional }).plan, optionsSchema.parse({}))?.notes;

describe('the plan', () => {
  it('says what a bucket needs before its uploads start runs', () => {
    expect(noted(s3('event'))).toEqual([
      {
        about: 'source',
        text: 'the bucket acme must be in 111111111111/eu-west-1, have versioning turned on and send its events to Amazon EventBridge, else no upload starts a run; for any other bucket use trigger: "poll"',
      },
    ]);
  });

  it('says of every source that is polled that AWS stops doing so', () => {
    const repository: Source = { type: 'codeCommit', repository: 'orders', branch: 'main', trigger: 'poll' };
    for (const source of [s3('poll'), repository])
      expect(noted(source)).toEqual([{ about: 'source', text: expect.stringContaining('without a run for 30 days') }]);
  });

  it('says nothing about sources that CodePipeline is told about, or that start nothing', () => {
    expect(noted(s3('none'))).toEqual([]);
    expect(noted(connection, { lib: s3('none') })).toEqual([]);
  });
});
