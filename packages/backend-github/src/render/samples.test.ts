/** Every sample is rendered to a workflow that GitHub's parser accepts and in which every gate holds, or refused with its codes. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCdkpipeError, isGate, type Source } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { checkPlan } from '../check/check-plan.ts';
import { type Example, planExample } from '../fixture/example.test.fixture.ts';
import { inspectWorkflow } from '../inspect/inspect-workflow.ts';
import { renderWorkflow } from './render-workflow.ts';

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
    const planned = await planExample(cwd);
    const example = basename(cwd).startsWith('source-') ? planned : fromGitHub(planned);
    const problems = checkPlan(example.plan, {});
    if (problems.length > 0) return codesOf(problems);
    const { path, text, record } = await renderWorkflow({ ...example, options: {} });
    const inspection = await inspectWorkflow(example.plan, path, text, record);
    expect(inspection).toEqual({ gates: example.plan.nodes.filter(isGate).map(({ id }) => id), problems: [] });
    return 'rendered';
  } catch (error) {
    if (isCdkpipeError(error)) return codesOf(error.problems);
    throw error;
  }
}

/** Most samples begin in S3; what matters here is what comes behind. */
function fromGitHub(example: Example): Example {
  const { plan } = example;
  const { source } = plan.pipeline;
  if (source.type === 'connection' || source.type === 'github') return example;
  const connection: Source = {
    type: 'connection',
    repository: 'acme/sample',
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/abc',
    fullClone: false,
    trigger: 'push',
  };
  return { ...example, plan: { ...plan, pipeline: { ...plan.pipeline, source: connection } } };
}

function codesOf(problems: readonly { readonly code: string }[]): string {
  return [...new Set(problems.map(({ code }) => code))].join(' ');
}
