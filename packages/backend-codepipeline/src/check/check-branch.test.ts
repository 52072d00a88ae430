import type { Source } from '@cdkpipe/core';
import { source } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { connection, planOf } from '../fixture/plan.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

const main = { include: ['main'] };
const tagged = { push: [{ branches: main }, { tags: { include: ['v*'] } }] };
const startedBy = (triggers: object): Source => ({ ...connection, trigger: 'filters', triggers }) as Source;
const faults = (from: Source, env: Record<string, unknown>, additional: Readonly<Record<string, Source>> = {}) =>
  codepipeline.check(
    planOf({ source: from, additionalSources: additional, build: { env } as never }).plan,
    optionsSchema.parse({}),
  );

describe('the branch of a run that a tag started', () => {
  it('is refused, with the place that reads it', () => {
    expect(faults(startedBy(tagged), { BRANCH: source.attribute('branch') })).toEqual([
      expect.objectContaining({ code: 'BRANCH_OF_TAG', path: 'build.env.BRANCH' }),
    ]);
  });

  it('is not meant by the commit, nor by the branch of another source', () => {
    const lib: Source = { ...connection, trigger: 'none' } as Source;
    expect(faults(startedBy(tagged), { COMMIT: source.attribute('commitId') })).toEqual([]);
    expect(faults(startedBy(tagged), { BRANCH: source.attribute('branch', 'lib') }, { lib })).toEqual([]);
  });

  it('is known where only branches start runs', () => {
    expect(faults(startedBy({ push: [{ branches: main }] }), { BRANCH: source.attribute('branch') })).toEqual([]);
    expect(faults(connection, { BRANCH: source.attribute('branch') })).toEqual([]);
  });
});
