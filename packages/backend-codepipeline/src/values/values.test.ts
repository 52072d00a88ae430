import type { Source, ValueReference } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { connection, type PlanFixture, planOf } from '../fixture/plan.test.fixture.ts';
import { type DrawStep, manual, removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

afterEach(removeRendered);

const commit: ValueReference = { $ref: 'source', attribute: 'commitId' };
const version: ValueReference = { $ref: 'exported', step: 'Build', name: 'VERSION' };

/** Renders a plan in which the one approval's comment is a value. */
const commented = (reference: ValueReference, fixture: PlanFixture = {}, drawStep?: DrawStep) =>
  renderPlan(planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Look'] }], ...fixture }), {
    drawStep: (node, context) =>
      node.name === 'Beta.Look'
        ? { ...manual, configuration: { CustomData: context.value(reference) } }
        : (drawStep?.(node, context) ?? manual),
  });

describe('an attribute of a source', () => {
  const ecr: Source = { type: 'ecr', repository: 'base', tag: 'latest', trigger: 'none' };
  const s3: Source = { type: 's3', bucket: 'b', key: 'k', trigger: 'none' };
  const codeCommit: Source = { type: 'codeCommit', repository: 'r', branch: 'main', trigger: 'none' };
  const github: Source = {
    type: 'github',
    repository: 'a/b',
    branch: 'main',
    tokenSecret: 'github-token',
    trigger: 'none',
  };

  it.each<[Source, string, string]>([
    [connection, 'commitId', 'CommitId'],
    [connection, 'branch', 'BranchName'],
    [connection, 'repository', 'FullRepositoryName'],
    [github, 'commitUrl', 'CommitUrl'],
    [github, 'repository', 'RepositoryName'],
    [codeCommit, 'committerDate', 'CommitterDate'],
    [s3, 'etag', 'ETag'],
    [s3, 'versionId', 'VersionId'],
    [ecr, 'digest', 'ImageDigest'],
    [ecr, 'imageUri', 'ImageURI'],
  ])('of %j called %s is the variable %s of its action', async (source, attribute, name) => {
    const result = await commented({ $ref: 'source', attribute }, { source });
    expect(result.action('Source').Namespace).toBe('source');
    expect(result.action('Beta.Look').Configuration.CustomData).toBe(`#{source.${name}}`);
  });

  it('may be one of an additional source', async () => {
    const result = await commented(
      { $ref: 'source', attribute: 'digest', directory: 'images/base' },
      { additionalSources: { 'images/base': ecr } },
    );
    const { Namespace } = result.action('Additional1');
    expect(Namespace).toMatch(/^source-images-base-[0-9a-f]{10}$/);
    expect(result.action('Beta.Look').Configuration.CustomData).toBe(`#{${Namespace}.ImageDigest}`);
    expect(result.action('Source').Namespace).toBeUndefined();
  });

  it('reaches the build by the environment of its action', async () => {
    const result = await renderPlan(planOf({ build: { env: { COMMIT: commit, PLAIN: 'x' } } }));
    expect(JSON.parse(result.action('Build').Configuration.EnvironmentVariables)).toContainEqual({
      name: 'COMMIT',
      type: 'PLAINTEXT',
      value: '#{source.CommitId}',
    });
    const { Environment } = result.resource('AWS::CodeBuild::Project', 'build');
    expect(Environment.EnvironmentVariables).toEqual([{ Name: 'PLAIN', Type: 'PLAINTEXT', Value: 'x' }]);
  });
});

describe('a variable of the pipeline', () => {
  const variables = [{ name: 'Level', default: 'low', description: 'how much' }, { name: 'Size' }];

  it('is declared with its default and read in its own namespace', async () => {
    const result = await commented({ $ref: 'variable', name: 'Level' }, { variables });
    expect(result.pipeline.Variables).toEqual([
      { Name: 'Level', DefaultValue: 'low', Description: 'how much' },
      { Name: 'Size' },
    ]);
    expect(result.action('Beta.Look').Configuration.CustomData).toBe('#{variables.Level}');
  });

  it.each([
    [[{ name: 'a b' }], 'NAME_CHARACTERS'],
    [[{ name: 'a}' }], 'NAME_CHARACTERS'],
    [[{ name: 'a'.repeat(129) }], 'NAME_TOO_LONG'],
    [[{ name: 'a', default: 'x'.repeat(1001) }], 'LIMIT_EXCEEDED'],
    [[{ name: 'a', description: 'x'.repeat(201) }], 'LIMIT_EXCEEDED'],
    [[{ name: 'a', default: '{{resolve:ssm:/x}}' }], 'TEXT_WOULD_BE_RESOLVED'],
    [Array.from({ length: 51 }, (_, index) => ({ name: `a${index}` })), 'LIMIT_EXCEEDED'],
  ])('beyond the limits of CodePipeline is refused: %j', (given, code) => {
    const problems = codepipeline.check(planOf({ variables: given }).plan, optionsSchema.parse({}));
    expect(problems).toEqual([expect.objectContaining({ code })]);
  });
});

describe('an exported variable', () => {
  it('of the build stands in its buildspec and is read from its namespace', async () => {
    const result = await commented(version, { build: { exports: ['VERSION', 'CHANGES'] } });
    const { Source: source } = result.resource('AWS::CodeBuild::Project', 'build');
    expect(JSON.parse(source.BuildSpec).env).toEqual({ 'exported-variables': ['VERSION', 'CHANGES'] });
    expect(result.action('Build').Namespace).toBe('build');
    expect(result.action('Beta.Look').Configuration.CustomData).toBe('#{build.VERSION}');
  });

  it('of a step is read by a later step of the same deployment', async () => {
    const deployments = [
      { name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Measure', 'Look'], exports: { Measure: ['MS'] } },
    ];
    const result = await commented({ $ref: 'exported', step: 'Measure', name: 'MS' }, { deployments }, (_, context) =>
      context.codeBuild({ category: 'Test', commands: ['export MS=1'], exports: ['MS'] }),
    );
    const { Namespace } = result.action('Beta.Measure');
    expect(result.action('Beta.Look').Configuration.CustomData).toBe(`#{${Namespace}.MS}`);
  });

  it('is refused where the action that was drawn does not set it', async () => {
    const deployments = [
      { name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Measure', 'Look'], exports: { Measure: ['MS'] } },
    ];
    await expect(commented({ $ref: 'exported', step: 'Measure', name: 'MS' }, { deployments })).rejects.toMatchObject({
      code: 'VARIABLE_NOT_SET',
      problems: [{ node: 'Beta/Look:approve' }],
    });
  });

  it('is refused of a step that runs in another account', () => {
    const { plan } = planOf({
      deployments: [
        { name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Measure', 'Look'], exports: { Measure: ['MS'] } },
      ],
    });
    const elsewhere = { account: '222222222222', region: 'eu-west-1' };
    const use = { $ref: 'exported', step: 'Measure', name: 'MS' };
    const nodes = plan.nodes.map((node) => {
      if (node.type !== 'approve') return node;
      const { step } = node;
      return {
        ...node,
        step: step.name === 'Measure' ? { ...step, runIn: elsewhere } : { ...step, options: { comment: use } },
      };
    });
    expect(codepipeline.check({ ...plan, nodes }, optionsSchema.parse({}))).toContainEqual(
      expect.objectContaining({
        code: 'EXPORT_ACROSS_ACCOUNTS',
        node: 'Beta/Look:approve',
        path: 'deployments.Beta.options.comment',
      }),
    );
  });

  it('is refused before the step has run', async () => {
    const plan = planOf({ before: ['Lint'], build: { exports: ['VERSION'] } });
    const drawStep: DrawStep = (_, context) => ({ ...manual, configuration: { CustomData: context.value(version) } });
    await expect(renderPlan(plan, { drawStep })).rejects.toMatchObject({ code: 'VALUE_NOT_READY' });
  });
});

it('an action whose variables nobody reads has no namespace', async () => {
  const result = await renderPlan(
    planOf({
      build: { exports: ['VERSION'] },
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], outputs: { Orders: ['Url'] }, approvals: ['Look'] }],
    }),
  );
  expect(JSON.stringify(result.pipeline)).not.toContain('Namespace');
});
