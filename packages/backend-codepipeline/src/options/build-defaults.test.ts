import { afterEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { type RenderedFiles, removeRendered, renderPlan, roleStatements } from '../fixture/render.test.fixture.ts';
import type { CodePipelineOptionsInput } from './options.ts';

type DefaultsInput = NonNullable<CodePipelineOptionsInput['codeBuildDefaults']>;
type CodeBuildSpecInput = Partial<CodeBuildSpec>;

afterEach(removeRendered);

const projects = { build: 'buildProject', steps: 'BetaSmoke', assets: 'Betapublish', selfUpdate: 'update' } as const;

const render = (codeBuildDefaults: DefaultsInput, step: CodeBuildSpecInput = {}, docker = false) =>
  renderPlan(
    planOf({
      build: { env: { LEVEL: 'own' }, timeout: 90 },
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Smoke'], docker }],
    }),
    {
      options: { codeBuildDefaults },
      drawStep: (_, context) => context.codeBuild({ category: 'Test', commands: ['x'], ...step }),
    },
  );
const projectOf = (result: RenderedFiles, name: keyof typeof projects) =>
  result.resource('AWS::CodeBuild::Project', projects[name]);
const valueIn = (project: ReturnType<typeof projectOf>, variable: string) =>
  project.Environment.EnvironmentVariables.find(({ Name }: { Name: string }) => Name === variable)?.Value;

describe('project-wide defaults', () => {
  it('hold for every project', async () => {
    const vpc = { vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'], securityGroupIds: ['sg-12345678'] };
    const result = await render({
      all: { image: 'aws/codebuild/standard:8.0', vpc, logging: { cloudWatch: { retention: 7 } }, env: { TEAM: 'a' } },
    });
    for (const name of Object.keys(projects) as (keyof typeof projects)[]) {
      const project = projectOf(result, name);
      expect(project.Environment.Image, name).toBe('aws/codebuild/standard:8.0');
      expect(project.VpcConfig.VpcId, name).toBe('vpc-12345678');
      expect(project.LogsConfig.CloudWatchLogs.GroupName, name).toBeDefined();
      expect(valueIn(project, 'TEAM'), name).toBe('a');
    }
  });

  it.each(Object.keys(projects) as (keyof typeof projects)[])('of the layer "%s" hold for that only', async (layer) => {
    const result = await render({ all: { timeout: 20, computeType: 'medium' }, [layer]: { computeType: 'large' } });
    for (const name of Object.keys(projects) as (keyof typeof projects)[]) {
      const { Environment, TimeoutInMinutes } = projectOf(result, name);
      expect(Environment.ComputeType, name).toBe(`BUILD_GENERAL1_${name === layer ? 'LARGE' : 'MEDIUM'}`);
      expect(TimeoutInMinutes, name).toBe(name === 'build' ? 90 : 20);
    }
  });

  it('give way to what a project says itself, even where that is false', async () => {
    const result = await render(
      { all: { privileged: true, env: { LEVEL: 'all', URL: 'all' } }, build: { env: { LEVEL: 'layer', A: 'b' } } },
      { privileged: false, env: { URL: 'own' } },
    );
    expect(valueIn(projectOf(result, 'build'), 'LEVEL')).toBe('own');
    expect(valueIn(projectOf(result, 'build'), 'A')).toBe('b');
    expect(valueIn(projectOf(result, 'steps'), 'URL')).toBe('own');
    expect(projectOf(result, 'steps').Environment.PrivilegedMode).toBe(false);
    expect(projectOf(result, 'build').Environment.PrivilegedMode).toBe(true);
  });

  it('leave publishers privileged only where they build images', async () => {
    const privileged = async (docker: boolean) =>
      projectOf(await render({ all: { privileged: true } }, {}, docker), 'assets').Environment.PrivilegedMode;
    expect(await privileged(false)).toBe(false);
    expect(await privileged(true)).toBe(true);
  });

  it('add statements and parts of the buildspec, those for all first', async () => {
    const statement = (action: string) => ({ effect: 'Allow' as const, actions: [action], resources: ['*'] });
    const install = (...commands: string[]) => ({ phases: { install: { commands } } });
    const result = await render(
      {
        all: { rolePolicy: [statement('a:All')], buildSpec: install('all') },
        steps: { rolePolicy: [statement('a:Steps')], buildSpec: install('steps') },
      },
      { rolePolicy: [statement('a:Own')], buildSpec: install('own'), installCommands: ['npm ci'] },
    );
    const added = roleStatements(result, 'BetaSmoke').map(({ Action }) => Action[0]);
    expect(added.filter((action) => action.startsWith('a:'))).toEqual(['a:All', 'a:Steps', 'a:Own']);
    expect(JSON.parse(projectOf(result, 'steps').Source.BuildSpec).phases.install.commands).toEqual([
      'all',
      'steps',
      'own',
      'npm ci',
    ]);
    const [installs] = JSON.parse(projectOf(result, 'assets').Source.BuildSpec).phases.install.commands;
    expect(installs).toContain('npm ci --ignore-scripts');
  });

  it('decide by their image how values of others reach a build', async () => {
    const build = { env: { MESSAGE: { $ref: 'source', attribute: 'commitMessage' } } } as const;
    const rendering = (image?: string) =>
      renderPlan(planOf({ build }), { options: { codeBuildDefaults: image === undefined ? {} : { all: { image } } } });
    await expect(rendering('acme/node:22')).rejects.toMatchObject({ code: 'FREE_TEXT_IN_ENVIRONMENT' });
    const spec = (await rendering()).resource('AWS::CodeBuild::Project', 'build').Source.BuildSpec;
    expect(spec).toContain('list-action-executions');
  });

  it('may name secrets, which the role may then read', async () => {
    const result = await render({ steps: { env: { KEY: { type: 'SECRETS_MANAGER', value: 'team/key' } } } });
    expect(JSON.stringify(roleStatements(result, 'BetaSmoke'))).toContain('secret:team/key-??????');
    expect(JSON.stringify(roleStatements(result, 'build'))).not.toContain('team/key');
  });

  it.each<[DefaultsInput, string, string]>([
    [{ all: { env: { 'A-B': 'x' } } }, 'ENV_NAME_INVALID', 'backends.codepipeline.codeBuildDefaults.all'],
    [
      { steps: { env: { A: '{{resolve:x}}' } } },
      'TEXT_WOULD_BE_RESOLVED',
      'backends.codepipeline.codeBuildDefaults.steps',
    ],
  ])('are refused where they stand: %j', async (defaults, code, path) => {
    await expect(render(defaults)).rejects.toMatchObject({ code, path, problems: { length: 1 } });
  });
});
