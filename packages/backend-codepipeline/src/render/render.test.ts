import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  manual,
  pipelineStatements,
  removeRendered,
  renderPlan,
  type Template,
} from '../fixture/render.test.fixture.ts';
import codepipelinePlugin, { codepipeline } from '../index.ts';

afterEach(removeRendered);

const everything = () =>
  planOf({
    additionalSources: { 'vendor/lib': { type: 's3', bucket: 'libs', key: 'lib.zip', trigger: 'none' } },
    before: ['Lint'],
    after: ['Scan'],
    deployments: [
      {
        name: 'Beta',
        stacks: [{ id: 'Orders', tags: { team: 'a' } }],
        outputs: { Orders: ['Url'] },
        changes: ['Look'],
        approvals: ['Smoke', 'Sign'],
      },
      { name: 'ProdEu', wave: 'Prod', stacks: [{ id: 'Orders' }], approvals: ['Bake'] },
      {
        name: 'ProdUs',
        wave: 'Prod',
        env: { account: '333333333333', region: 'us-east-1' },
        stacks: [{ id: 'Data' }, { id: 'Orders' }],
        docker: true,
      },
    ],
  });

describe('the plugin', () => {
  it('brings one backend, with its options', () => {
    expect(codepipelinePlugin).toMatchObject({ name: '@cdkpipe/backend-codepipeline', api: 1 });
    expect(codepipelinePlugin.backends).toEqual([codepipeline]);
  });
});

describe('a rendered pipeline', () => {
  it('has a stage for each group and a run order for each rank', async () => {
    const rendered = await renderPlan(everything());
    expect(rendered.stages).toEqual({
      Source: ['Source@1', 'Additional1@1'],
      Build: ['Lint@1', 'Build@2', 'Scan@3'],
      UpdatePipeline: ['UpdatePipeline@1'],
      Beta: [
        'Publish.Beta.111111111111.eu-west-1@1',
        'Beta.Orders.Prepare@2',
        'Beta@ReportChanges@3',
        'Beta.Look@4',
        'Beta@VerifyChanges@5',
        'Beta.Orders.Execute@6',
        'Beta.Smoke@7',
        'Beta.Sign@7',
      ],
      Prod: [
        'Publish.ProdEu.111111111111.eu-west-1@1',
        'Publish.ProdUs.333333333333.us-east-1@1',
        'ProdEu.Orders.Prepare@2',
        'ProdUs.Data.Prepare@2',
        'ProdUs.Orders.Prepare@2',
        'ProdEu.Orders.Execute@3',
        'ProdUs.Data.Execute@3',
        'ProdEu.Bake@4',
        'ProdUs.Orders.Execute@4',
      ],
    });
    expect(rendered.inspection.problems).toEqual([]);
  });

  it('is of type V2, superseding by default, and starts anew when it changed', async () => {
    const { pipeline } = await renderPlan(planOf());
    expect(pipeline).toMatchObject({
      Name: 'orders',
      PipelineType: 'V2',
      ExecutionMode: 'SUPERSEDED',
      RestartExecutionOnUpdate: true,
    });
    const queued = await renderPlan(planOf(), { options: { executionMode: 'QUEUED' } });
    expect(queued.pipeline.ExecutionMode).toBe('QUEUED');
  });

  it('comes out the same, byte for byte, when it is rendered again', async () => {
    const files = ['orders-pipeline.template.json', 'orders-pipeline-support-us-east-1.template.json', 'manifest.json'];
    const [first, second] = [await renderPlan(everything()), await renderPlan(everything())];
    for (const file of files) expect(second.read(file)).toBe(first.read(file));
  });

  it('is written without indentation', async () => {
    expect((await renderPlan(planOf())).read('orders-pipeline.template.json')).not.toContain('\n ');
  });

  it('runs as a role that only this pipeline may take on, with exactly what its actions need', async () => {
    const rendered = await renderPlan(planOf());
    const bucket = { 'Fn::GetAtt': ['Artifacts', 'Arn'] };
    const projects = ['build', 'Betapublish', 'update'].map(
      (prefix) =>
        `arn:aws:codebuild:eu-west-1:111111111111:project/${rendered.resource('AWS::CodeBuild::Project', prefix).Name}`,
    );
    expect(pipelineStatements(rendered)).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
        Resource: [bucket],
      },
      {
        Effect: 'Allow',
        Action: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
        Resource: ['arn:aws:codeconnections:eu-west-1:111111111111:connection/abc'],
      },
      {
        Effect: 'Allow',
        Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
        Resource: projects,
      },
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: ['arn:aws:iam::111111111111:role/cdk-hnb659fds-deploy-role-111111111111-eu-west-1'],
      },
    ]);
    expect(rendered.resource('AWS::IAM::Role', 'Role').AssumeRolePolicyDocument.Statement[0]).toMatchObject({
      Principal: { Service: 'codepipeline.amazonaws.com' },
      Condition: {
        StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' },
        ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:codepipeline:eu-west-1:111111111111:orders' },
      },
    });
  });

  it('says why each statement of a role or policy is there', async () => {
    const rendered = await renderPlan(everything(), {
      drawStep: ({ name }, context) => context.codeBuild({ category: 'Test', commands: [name] }),
    });
    const resources = Object.values<Template>(rendered.template().Resources);
    const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
    const policies = resources.filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
    expect([roles.length > 8, policies.length]).toEqual([true, 4]);
    for (const { Metadata, Properties } of [...roles, ...policies]) {
      const { PolicyDocument } = Properties.Policies?.[0] ?? Properties;
      expect(Metadata['cdkpipe:reasons']).toHaveLength(PolicyDocument.Statement.length);
    }
  });

  it('starts only when its bucket lets its roles in', async () => {
    const { Pipeline } = (await renderPlan(planOf())).template().Resources;
    expect(Pipeline.DependsOn).toContain('ArtifactsPolicy');
  });

  it('with more than one role can hold gets managed policies that fit', async () => {
    const deployments = Array.from({ length: 150 }, (_, index) => ({
      name: `D${index}`,
      wave: `Wave${Math.floor(index / 10)}`,
      env: { account: String(200_000_000_000 + index), region: 'eu-west-1' },
      stacks: [{ id: 'Api' }],
    }));
    const rendered = await renderPlan(planOf({ deployments }));
    const role = rendered.resource('AWS::IAM::Role', 'Role');
    const managed = role.ManagedPolicyArns.map(
      ({ Ref }: { Ref: string }) => rendered.template().Resources[Ref].Properties,
    );
    expect(managed.length).toBeGreaterThan(1);
    const assumed = [...role.Policies, ...managed]
      .flatMap((policy: Template) => policy.PolicyDocument.Statement)
      .filter(({ Action }: Template) => Action[0] === 'sts:AssumeRole')
      .flatMap(({ Resource }: Template) => Resource);
    expect(new Set(assumed).size).toBe(150);
    expect(rendered.inspection.problems).toEqual([]);
  });
});

describe('what others may change', () => {
  it('is the stack and its pipeline, at the end', async () => {
    const rendered = await renderPlan(planOf(), {
      options: {
        customize: ({ stack, pipeline }) => {
          stack.templateOptions.description = 'mine';
          pipeline.addPropertyOverride('Variables', [{ Name: 'x' }]);
        },
      },
    });
    expect(rendered.template().Description).toBe('mine');
    expect(rendered.pipeline.Variables).toEqual([{ Name: 'x' }]);
  });

  it('is a view of the pipeline for what the CDK offers on its own class', async () => {
    const rendered = await renderPlan(planOf(), {
      options: {
        customize: ({ stack, imported }) => {
          const topic = new Topic(stack, 'Releases');
          imported.notifyOnExecutionStateChange('Tell', topic);
          imported.onStateChange('Moved', { target: new SnsTopic(topic) });
        },
      },
    });
    const resources = Object.values<Template>(rendered.template().Resources);
    const of = (type: string) => resources.filter((resource) => resource.Type === type);
    const arn = ['', ['arn:', { Ref: 'AWS::Partition' }, ':codepipeline:eu-west-1:111111111111:', { Ref: 'Pipeline' }]];
    expect(of('AWS::CodeStarNotifications::NotificationRule')).toMatchObject([
      { Properties: { Resource: { 'Fn::Join': arn } } },
    ]);
    expect(of('AWS::Events::Rule')).toContainEqual(
      expect.objectContaining({
        Properties: expect.objectContaining({
          EventPattern: expect.objectContaining({ resources: [{ 'Fn::Join': arn }] }),
        }),
      }),
    );
  });

  it('is nothing more in the stack where nobody reads the view', async () => {
    const ids: string[] = [];
    await renderPlan(planOf(), {
      options: {
        customize: ({ stack }) => {
          ids.push(...stack.node.findAll().map(({ node }) => node.id));
        },
      },
    });
    expect(ids).toContain('Pipeline');
    expect(ids).not.toContain('ImportedPipeline');
  });

  it.each(['customize', 'pipeline'] as const)('is the fault of the author where `%s` throws', async (option) => {
    const options = {
      [option]: () => {
        throw new TypeError('no such stage');
      },
    };
    await expect(renderPlan(planOf(), { options })).rejects.toMatchObject({
      source: 'user',
      code: 'AUTHOR_FUNCTION_FAILED',
      path: `backends.codepipeline.${option}`,
      message: expect.stringContaining('TypeError: no such stage'),
    });
  });

  it('is every action, once, as it is drawn', async () => {
    const seen: string[] = [];
    const rendered = await renderPlan(everything(), {
      emitAction: (node, action) => {
        seen.push(node.id);
        return node.name === 'Beta.Sign' ? { ...manual, configuration: { CustomData: 'hooked' } } : action;
      },
    });
    expect(seen.sort()).toEqual(
      everything()
        .plan.nodes.map(({ id }) => id)
        .sort(),
    );
    expect(rendered.action('Beta.Sign').Configuration.CustomData).toBe('hooked');
  });

  it('is checked again', async () => {
    await expect(renderPlan(planOf(), { emitAction: () => ({ category: 'x' }) })).rejects.toMatchObject({
      source: 'plugin',
      code: 'ACTION_INVALID',
    });
  });
});

describe('refusals', () => {
  it('of several nodes are reported together', async () => {
    const plan = planOf({
      build: { env: { '1': 'x' } },
      source: { type: 'github', repository: 'a/b', branch: 'main', tokenSecret: ' ', trigger: 'none' },
    });
    await expect(renderPlan(plan)).rejects.toMatchObject({
      problems: [{ code: 'TOKEN_SECRET_INVALID' }, { code: 'ENV_NAME_INVALID' }],
    });
  });

  it('let every other fault through as it is', async () => {
    const fault = new TypeError('broken');
    const plan = planOf({ after: ['Scan'] });
    const drawStep = () => {
      throw fault;
    };
    await expect(renderPlan(plan, { drawStep })).rejects.toBe(fault);
  });
});
