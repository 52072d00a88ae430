/** The checks as tests of vitest: one test for each. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from '@cdkpipe/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendTrial } from './backend/backend-trial.ts';
import { type OpenedBackend, openBackend } from './backend/open-backend.ts';
import { backendChecks } from './backend-checks/backend-checks.ts';
import { type OpenedPackage, openPackage } from './check-package.ts';
import { checks } from './checks/checks.ts';
import { renewReadme, unformatted } from './renew-readme.ts';

export type {
  BackendTrial,
  DrawnPipeline,
  EmittedAction,
  StepSample,
  StepSamples,
  Tampering,
} from './backend/backend-trial.ts';

export interface DescribeOptions {
  /** Directory with the package.json of the plugin, which must be built; by default the working directory. */
  readonly directory?: string;
  /** IDs of checks to leave out, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Milliseconds; some checks start processes and synthesise dozens of pipelines. */
const timeout = 120_000;

/**
 * Declares a suite with one test for each check, and one that holds README.md to the schemas; warnings fail as errors do.
 */
export function describePlugin(plugin: Plugin, { directory = process.cwd(), except = {} }: DescribeOptions = {}): void {
  describe(`the plugin ${plugin.name} conforms`, () => {
    let opened: OpenedPackage;
    beforeAll(() => {
      opened = openPackage({ directory, plugin });
    });
    afterAll(() => opened?.[Symbol.dispose]());
    for (const check of checks) {
      const title = `${check.id}: ${check.title}`;
      if (check.id in except) test.skip(`${title} (left out: ${except[check.id]})`);
      else
        test(title, { timeout }, async () => {
          const { findings } = await opened.run(check);
          expect(findings, `${check.why}\nto do: ${check.fix}`).toEqual([]);
        });
    }
    test('README.md says of each kind what its schema says', () => {
      const file = join(directory, 'README.md');
      const text = readFileSync(file, 'utf8');
      const renewed = renewReadme(text, plugin);
      if (process.env.CDKPIPE_WRITE_README === '1') writeFileSync(file, renewed);
      else
        expect(
          unformatted(text),
          'to do: npm run readme, or run the tests once with CDKPIPE_WRITE_README=1 in a package that has no such script',
        ).toBe(unformatted(renewed));
    });
  });
}

/** Declares a suite with one test for each check of a backend. */
export function describeBackend(trial: BackendTrial, { except = {} }: Pick<DescribeOptions, 'except'> = {}): void {
  describe(`the backend ${trial.backend ?? trial.plugin.backends?.[0]?.name} conforms`, () => {
    let opened: OpenedBackend;
    beforeAll(async () => {
      opened = await openBackend(trial);
    }, timeout);
    afterAll(() => opened?.[Symbol.dispose]());
    for (const check of backendChecks) {
      const title = `${check.id}: ${check.title}`;
      if (check.id in except) test.skip(`${title} (left out: ${except[check.id]})`);
      else
        test(title, { timeout }, async () => {
          expect(await check.run(opened), `${check.why}\nto do: ${check.fix}`).toEqual([]);
        });
    }
  });
}
