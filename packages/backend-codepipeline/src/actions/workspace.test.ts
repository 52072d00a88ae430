import { afterEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const s3 = { type: 's3', bucket: 'b', key: 'k', trigger: 'none' } as const;

/** Renders steps around the build and an approval, each by its name. */
const render = (specs: Readonly<Record<string, Partial<CodeBuildSpec>>>) =>
  renderPlan(
    planOf({
      additionalSources: { lib: s3 },
      before: ['Types', 'Lint'],
      after: ['Scan', 'Report'],
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Smoke'] }],
    }),
    {
      drawStep: (node, context) =>
        context.codeBuild({ category: 'Build', commands: ['x'], ...specs[node.name.replace('Beta.', '')] }),
    },
  );

describe('the output of a step before the build', () => {
  it('is an artifact that the build has in its workspace', async () => {
    const result = await render({ Types: { output: 'dist/types' } });
    const { OutputArtifacts } = result.action('Types');
    expect(OutputArtifacts).toHaveLength(1);
    const [{ Name: artifact }] = OutputArtifacts;
    expect(result.action('Build').InputArtifacts).toEqual([
      { Name: 'Source' },
      { Name: 'Source_lib' },
      { Name: artifact },
    ]);
    const types = result.resource('AWS::CodeBuild::Project', 'buildTypes');
    expect(JSON.parse(types.Source.BuildSpec).artifacts).toEqual({ 'base-directory': 'dist/types', files: ['**/*'] });
    const build = result.resource('AWS::CodeBuild::Project', 'buildProject');
    expect(build.Environment.EnvironmentVariables).toContainEqual({
      Name: 'CDKPIPE_INPUT_1',
      Type: 'PLAINTEXT',
      Value: 'dist/types',
    });
    expect(build.Source.BuildSpec).toContain(`$CODEBUILD_SRC_DIR_${artifact}/.`);
    expect(result.inspection.problems).toEqual([]);
  });

  it('can be laid elsewhere than where it was made', async () => {
    const result = await render({ Types: { output: { from: 'out', to: 'lib2/generated' } } });
    const types = result.resource('AWS::CodeBuild::Project', 'buildTypes');
    expect(JSON.parse(types.Source.BuildSpec).artifacts['base-directory']).toBe('out');
    const build = result.resource('AWS::CodeBuild::Project', 'buildProject');
    expect(JSON.stringify(build.Environment.EnvironmentVariables)).toContain('"lib2/generated"');
  });

  it('reaches later steps that ask for it, and no step beside it', async () => {
    const result = await render({ Types: { output: 'types' }, Scan: { inputs: ['types', 'cdk.out'] } });
    expect(result.action('Scan').InputArtifacts).toEqual([
      { Name: 'Source' },
      { Name: result.action('Types').OutputArtifacts[0].Name },
      { Name: 'Assembly' },
    ]);
    await expect(render({ Types: { output: 'types' }, Lint: { inputs: ['types'] } })).rejects.toMatchObject({
      code: 'INPUT_UNKNOWN',
    });
  });
});

describe('a step after the build', () => {
  it('gets the assembly and puts out nothing in its place', async () => {
    const result = await render({ Scan: { inputs: ['cdk.out'], output: 'report' }, Smoke: { inputs: ['report'] } });
    const makers = result.pipeline.Stages.flatMap(
      ({ Actions }: { Actions: { Name: string; OutputArtifacts?: { Name: string }[] }[] }) =>
        Actions.filter(({ OutputArtifacts = [] }) => OutputArtifacts.some(({ Name }) => Name === 'Assembly')).map(
          ({ Name }) => Name,
        ),
    );
    expect(makers).toEqual(['Build']);
    expect(result.action('Beta.Smoke').InputArtifacts[1]).toEqual(result.action('Scan').OutputArtifacts[0]);
    expect(result.inspection.problems).toEqual([]);
  });
});

describe('an output is refused', () => {
  it.each<[string, Readonly<Record<string, Partial<CodeBuildSpec>>>, string]>([
    ["in the place of the build's", { Scan: { output: 'cdk.out' } }, 'STEP_OUTPUT_TAKEN'],
    ['inside an additional source', { Types: { output: 'lib/types' } }, 'STEP_OUTPUT_TAKEN'],
    ['around that of another step', { Types: { output: 'a/b' }, Lint: { output: 'a' } }, 'STEP_OUTPUT_TAKEN'],
    ['outside the workspace', { Types: { output: '../a' } }, 'STEP_OUTPUT_UNSAFE'],
    ['with what CodeBuild would interpret', { Types: { output: { from: '$(x)', to: 'a' } } }, 'STEP_OUTPUT_UNSAFE'],
    ['of an approval', { Smoke: { output: 'a' } }, 'STEP_OUTPUT_MISPLACED'],
  ])('%s', async (_, specs, code) => {
    await expect(render(specs)).rejects.toMatchObject({ code });
  });

  it('where the build would get more artifacts than CodePipeline hands on', async () => {
    const outputs = Object.fromEntries(['A', 'B', 'C', 'D'].map((name) => [name, { output: name }]));
    const plan = planOf({ additionalSources: { lib: s3 }, before: ['A', 'B', 'C', 'D'] });
    await expect(
      renderPlan(plan, {
        drawStep: (node, context) => context.codeBuild({ category: 'Build', commands: ['x'], ...outputs[node.name] }),
      }),
    ).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('6 artifacts, 1 more') });
  });
});
