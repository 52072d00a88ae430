import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan, type Template } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

/** What is selected for CloudFormation actions where the template of the one stack has the name given. */
async function selectedFor(templateFile?: string) {
  const { plan, assembly } = planOf({ deployments: [{ name: 'Prod', stacks: [{ id: 'Api' }] }] });
  const renamed = assembly.deployments.map((deployment) => ({
    ...deployment,
    stacks: deployment.stacks.map((stack) => ({ ...stack, ...(templateFile && { templateFile }) })),
  }));
  const result = await renderPlan({ plan, assembly: { ...assembly, deployments: renamed } });
  const { artifacts } = JSON.parse(result.resource('AWS::CodeBuild::Project', 'build').Source.BuildSpec);
  return { part: artifacts['secondary-artifacts']?.Templates, problems: result.inspection.problems };
}
const usual = ['**/*.template.json', '**/*.template.json.config.json'];
const unread = ['**/asset.*/**/*', '**/*.nested.template.json'];

describe('the artifact that CloudFormation actions read', () => {
  it('holds what has the names of templates, and no asset', async () => {
    expect(await selectedFor()).toEqual({
      part: { 'base-directory': 'cdk.out', files: usual, 'exclude-paths': unread },
      problems: [],
    });
  });

  it('holds a template of another name, and its configuration, by its name', async () => {
    const { part, problems } = await selectedFor('assembly-Prod/Stack.json');
    expect(part.files).toEqual([...usual, 'assembly-Prod/Stack.json', 'assembly-Prod/Stack.json.config.json']);
    expect(problems).toEqual([]);
  });

  it('holds a template whose name CodeBuild or YAML would interpret, by a wildcard', async () => {
    const { part, problems } = await selectedFor('assembly-Prod/$(x) [a]?.json');
    expect(part.files.slice(2)).toEqual(['assembly-Prod/*x*a*.json', 'assembly-Prod/*x*a*.json.config.json']);
    expect(problems).toEqual([]);
  });

  it.each(['assembly-Prod/Api.nested.template.json', 'assembly-Prod/asset.1/Api.template.json'])(
    'holds %s, which is excluded otherwise, where a stack is deployed from it',
    async (file) => {
      const { part, problems } = await selectedFor(file);
      expect(part['exclude-paths']).toHaveLength(1);
      expect(problems).toEqual([]);
    },
  );

  it('is not made where nothing is deployed', async () => {
    const result = await renderPlan(planOf({ deployments: [] }));
    const { artifacts } = JSON.parse(result.resource('AWS::CodeBuild::Project', 'build').Source.BuildSpec);
    expect(artifacts).toEqual({ 'base-directory': 'cdk.out', files: ['**/*'] });
    expect(result.action('Build').OutputArtifacts).toEqual([{ Name: 'Assembly' }]);
  });

  it('is not all that a deploy role may read whose action gets another input from a hook, but that input is the only other', async () => {
    const result = await renderPlan(planOf({ deployments: [{ name: 'Prod', stacks: [{ id: 'Api' }] }] }), {
      emitAction: (node, action) =>
        node.type === 'prepare' ? { ...(action as object), inputs: ['Templates', 'Source'] } : action,
    });
    const { Statement } = result.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument;
    const reading = Statement.filter(({ Action }: Template) => Action.includes('s3:GetObject'));
    expect(reading[0].Principal.AWS).toEqual([result.action('Prod.Api.Prepare').RoleArn]);
    const objects = reading[0].Resource.flatMap((resource: Template) => resource['Fn::Join']?.[1][1] ?? []);
    expect(objects).toEqual(['/*/Source/*']);
  });
});
