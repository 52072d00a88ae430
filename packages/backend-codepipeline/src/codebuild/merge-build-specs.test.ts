import type { PartialBuildSpec } from '@cdkpipe/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeBuildSpecs } from './merge-build-specs.ts';

describe('parts of buildspecs', () => {
  it('have their commands put behind each other, in the order of the parts', () => {
    const commandsOf = (...commands: string[]): PartialBuildSpec => ({ phases: { install: { commands } } });
    expect(mergeBuildSpecs([commandsOf('a', 'b'), undefined, commandsOf('a')])).toEqual(commandsOf('a', 'b', 'a'));
  });

  it('are merged by key, and of single values the last stands', () => {
    expect(
      mergeBuildSpecs([
        { env: { shell: 'bash', variables: { A: '1', B: '1' } }, reports: { unit: { files: ['a'] } } },
        { env: { shell: '/bin/sh', variables: { B: '2' } }, reports: { slow: { files: ['b'] } } },
        { phases: { build: { 'on-failure': 'ABORT' } } },
        { phases: { build: { 'on-failure': 'RETRY-2' } } },
      ]),
    ).toEqual({
      env: { shell: '/bin/sh', variables: { A: '1', B: '2' } },
      reports: { unit: { files: ['a'] }, slow: { files: ['b'] } },
      phases: { build: { 'on-failure': 'RETRY-2' } },
    });
  });

  it('may be merged in any grouping, and nothing changes them', () => {
    const texts = fc.array(fc.string({ minLength: 1 }), { maxLength: 3 });
    const part = fc.record(
      {
        env: fc.record(
          { shell: fc.string(), variables: fc.dictionary(fc.string(), fc.string()) },
          { requiredKeys: [] },
        ),
        phases: fc.record(
          { install: fc.record({ commands: texts }), post_build: fc.record({ finally: texts }) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const before = JSON.stringify([a, b, c]);
        const left = mergeBuildSpecs([mergeBuildSpecs([a, b]), c]);
        expect(left).toEqual(mergeBuildSpecs([a, mergeBuildSpecs([b, c])]));
        expect(JSON.stringify([a, b, c])).toBe(before);
        expect(left.phases?.install?.commands ?? []).toEqual(
          [a, b, c].flatMap(({ phases }) => phases?.install?.commands ?? []),
        );
      }),
    );
  });
});
