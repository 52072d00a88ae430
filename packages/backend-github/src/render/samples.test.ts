/** Every sample is rendered to a workflow that GitHub's parser accepts and in which every gate holds, or refused with its codes. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCdkpipeError, isGate } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { checkPlan } from '../check/check-plan.ts';
import { planExample } from '../fixture/example.test.fixture.ts';
import { inspectWorkflow } from '../inspect/inspect-workflow.ts';
import { renderWorkflow } from './render-workflow.ts';

const mark = 'made by a test';
const samples = join(import.meta.dirname, '../../../../samples');
const cases = readdirSync(samples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'dist')
  .map(({ name }) => name);

/** What of a sample is refused; those that are not named are rendered. */
const refused: Readonly<Record<string, string>> = {
  'build-arm': 'BUILD_SETTING_UNSUPPORTED',
  'build-machine': 'BUILD_SETTING_UNSUPPORTED',
  'build-network': 'BUILD_SETTING_UNSUPPORTED',
  'build-registry': 'BUILD_SETTING_UNSUPPORTED',
  'build-rights': 'BUILD_SETTING_UNSUPPORTED',
  'build-spec': 'BUILD_SETTING_UNSUPPORTED',
  'rollback-deployment': 'ROLLBACK_UNSUPPORTED',
  'rollback-wave': 'ROLLBACK_UNSUPPORTED',
  // Their kinds have no renderer here yet.
  'security-review': 'KIND_UNKNOWN',
  window: 'KIND_NOT_RENDERED',
  'source-ecr': 'SOURCE_UNSUPPORTED',
  'source-manual': 'SOURCE_UNSUPPORTED',
  'source-s3': 'SOURCE_UNSUPPORTED',
};

test.each(cases)('%s', async (name) => {
  expect(await outcomeOf(join(samples, name))).toBe(refused[name] ?? 'rendered');
});

async function outcomeOf(cwd: string): Promise<string> {
  process.env.CODEBUILD_SRC_DIR = cwd;
  try {
    // Most samples have another source; what matters here is what comes behind.
    const example = await planExample(cwd, { replaces: !basename(cwd).startsWith('source-') });
    const problems = checkPlan(example.plan, {});
    if (problems.length > 0) return codesOf(problems);
    const { path, text, record } = await renderWorkflow({ ...example, options: {}, mark });
    const inspection = await inspectWorkflow(example.plan, path, text, record);
    expect(inspection).toEqual({ gates: example.plan.nodes.filter(isGate).map(({ id }) => id), problems: [] });
    return 'rendered';
  } catch (error) {
    if (isCdkpipeError(error)) return codesOf(error.problems);
    throw error;
  }
}

function codesOf(problems: readonly { readonly code: string }[]): string {
  return [...new Set(problems.map(({ code }) => code))].join(' ');
}
