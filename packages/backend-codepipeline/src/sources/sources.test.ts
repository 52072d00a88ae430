import type { Source, SourceTriggers } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { connection, planOf } from '../fixture/plan.test.fixture.ts';
import { pipelineStatements, removeRendered, renderPlan, roleStatements } from '../fixture/render.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

afterEach(removeRendered);

const pipelineArn = 'arn:aws:codepipeline:eu-west-1:111111111111:orders';
const codeCommit = (trigger: 'event' | 'poll' | 'none'): Source => ({
  type: 'codeCommit',
  repository: 'orders',
  branch: 'main',
  trigger,
});
const s3 = (trigger: 'event' | 'poll' | 'none'): Source => ({ type: 's3', bucket: 'acme', key: 'a/b.zip', trigger });
const gitHub = (trigger: 'webhook' | 'poll' | 'none'): Source => ({
  type: 'github',
  repository: 'acme/orders',
  branch: 'main',
  tokenSecret: 'github-token',
  trigger,
});
const ecr = (trigger: 'event' | 'none'): Source => ({ type: 'ecr', repository: 'base', tag: 'latest', trigger });

const rendered = (source: Source) => renderPlan(planOf({ source }));

describe('a source behind a connection', () => {
  it('is detected by CodePipeline and needs exactly its connection', async () => {
    const result = await rendered(connection);
    expect(result.action('Source')).toEqual({
      Name: 'Source',
      ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeStarSourceConnection', Version: '1' },
      Configuration: {
        ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/abc',
        FullRepositoryId: 'acme/orders',
        BranchName: 'main',
        OutputArtifactFormat: 'CODE_ZIP',
        DetectChanges: 'true',
      },
      OutputArtifacts: [{ Name: 'Source' }],
      RunOrder: 1,
    });
    expect(pipelineStatements(result)).toContainEqual({
      Effect: 'Allow',
      Action: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      Resource: ['arn:aws:codeconnections:eu-west-1:111111111111:connection/abc'],
    });
  });

  it('is not detected without a trigger', async () => {
    const result = await rendered({ ...connection, trigger: 'none' } as Source);
    expect(result.action('Source').Configuration.DetectChanges).toBe('false');
  });

  it('cloned in full lets the builds that take it use the connection', async () => {
    const result = await rendered({ ...connection, fullClone: true } as Source);
    expect(result.action('Source').Configuration.OutputArtifactFormat).toBe('CODEBUILD_CLONE_REF');
    const users = Object.entries(result.template().Resources)
      .filter(([, resource]) => JSON.stringify(resource).includes('UseConnection'))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(users.sort()).toEqual(['Role', 'buildRole'].sort());
  });
});

describe('filters of a connection', () => {
  const filtered = (triggers: SourceTriggers): Source => ({ ...connection, trigger: 'filters', triggers }) as Source;

  it('become a trigger of the pipeline, and no other push starts it', async () => {
    const result = await rendered(
      filtered({
        push: [
          { branches: { include: ['main', 'release/**'] }, paths: { include: ['app/**'], exclude: ['**/*.md'] } },
          { tags: { exclude: ['v0*'] } },
        ],
        pullRequests: [
          { branches: { include: ['main'] }, events: ['opened', 'updated'] },
          { branches: { exclude: ['x'] } },
        ],
      }),
    );
    expect(result.action('Source').Configuration.DetectChanges).toBe('false');
    expect(result.pipeline.Triggers).toEqual([
      {
        ProviderType: 'CodeStarSourceConnection',
        GitConfiguration: {
          SourceActionName: 'Source',
          Push: [
            {
              Branches: { Includes: ['main', 'release/**'] },
              FilePaths: { Includes: ['app/**'], Excludes: ['**/*.md'] },
            },
            { Tags: { Excludes: ['v0*'] } },
          ],
          PullRequest: [
            { Events: ['OPEN', 'UPDATED'], Branches: { Includes: ['main'] } },
            { Events: ['OPEN', 'UPDATED', 'CLOSED'], Branches: { Excludes: ['x'] } },
          ],
        },
      },
    ]);
  });

  it('are not needed: a pipeline without them has no triggers of its own', async () => {
    expect((await rendered(connection)).pipeline).not.toHaveProperty('Triggers');
  });

  const branches = { include: ['main'] };
  it.each<[SourceTriggers, string, string]>([
    [{}, 'TRIGGER_FILTER_INVALID', 'source.triggers'],
    [{ push: [] }, 'LIMIT_NOT_REACHED', 'source.triggers.push'],
    [{ push: [{ branches }, { branches }, { branches }, { branches }] }, 'LIMIT_EXCEEDED', 'source.triggers.push'],
    [{ push: [{ tags: branches, branches }] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.push[0]'],
    [{ push: [{ tags: branches, paths: branches }] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.push[0]'],
    [{ push: [{ paths: branches }] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.push[0]'],
    [{ push: [{}] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.push[0]'],
    [{ push: [{ branches: {} }] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.push[0].branches'],
    [{ push: [{ branches: { include: [] } }] }, 'LIMIT_NOT_REACHED', 'source.triggers.push[0].branches.include'],
    [
      { push: [{ branches: { exclude: Array.from({ length: 9 }, String) } }] },
      'LIMIT_EXCEEDED',
      'source.triggers.push[0].branches.exclude',
    ],
    [
      { push: [{ branches: { include: ['x'.repeat(256)] } }] },
      'LIMIT_EXCEEDED',
      'source.triggers.push[0].branches.include[0]',
    ],
    [
      { push: [{ tags: { include: ['{{resolve:ssm:x}}'] } }] },
      'TEXT_WOULD_BE_RESOLVED',
      'source.triggers.push[0].tags.include[0]',
    ],
    [{ pullRequests: [{}] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.pullRequests[0]'],
    [{ pullRequests: [{ branches, events: [] }] }, 'TRIGGER_FILTER_INVALID', 'source.triggers.pullRequests[0].events'],
  ])('%j is refused with %s', (triggers, code, path) => {
    const { plan } = planOf({ source: filtered(triggers) });
    expect(codepipeline.check(plan, optionsSchema.parse({}))).toEqual([expect.objectContaining({ code, path })]);
  });
});

describe('a GitHub source', () => {
  it('gets its token from Secrets Manager and a webhook', async () => {
    const result = await rendered(gitHub('webhook'));
    expect(result.action('Source').Configuration).toEqual({
      Owner: 'acme',
      Repo: 'orders',
      Branch: 'main',
      OAuthToken: '{{resolve:secretsmanager:github-token:SecretString}}',
      PollForSourceChanges: 'false',
    });
    expect(result.resource('AWS::CodePipeline::Webhook')).toEqual({
      Authentication: 'GITHUB_HMAC',
      AuthenticationConfiguration: { SecretToken: '{{resolve:secretsmanager:github-token:SecretString}}' },
      Filters: [{ JsonPath: '$.ref', MatchEquals: 'refs/heads/{Branch}' }],
      RegisterWithThirdParty: true,
      TargetAction: 'Source',
      TargetPipeline: { Ref: 'Pipeline' },
      TargetPipelineVersion: 1,
    });
  });

  it.each([
    ['poll', 'true'],
    ['none', 'false'],
  ] as const)('with the trigger %s has no webhook', async (trigger, polls) => {
    const result = await rendered(gitHub(trigger));
    expect(result.action('Source').Configuration.PollForSourceChanges).toBe(polls);
    expect(() => result.resource('AWS::CodePipeline::Webhook')).toThrow('0 resources');
  });

  it('refuses a secret whose name would end the reference', async () => {
    await expect(rendered({ ...gitHub('none'), tokenSecret: 'a:b}}x' } as Source)).rejects.toMatchObject({
      code: 'TOKEN_SECRET_INVALID',
    });
  });
});

describe('sources that send events', () => {
  it.each([
    [
      codeCommit('event'),
      {
        source: ['aws.codecommit'],
        'detail-type': ['CodeCommit Repository State Change'],
        resources: ['arn:aws:codecommit:eu-west-1:111111111111:orders'],
        detail: {
          event: ['referenceCreated', 'referenceUpdated'],
          referenceType: ['branch'],
          referenceName: ['main'],
        },
      },
    ],
    [
      s3('event'),
      {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['acme'] }, object: { key: ['a/b.zip'] } },
      },
    ],
    [
      ecr('event'),
      {
        source: ['aws.ecr'],
        'detail-type': ['ECR Image Action'],
        detail: {
          'action-type': ['PUSH'],
          result: ['SUCCESS'],
          'repository-name': ['base'],
          'image-tag': ['latest'],
        },
      },
    ],
  ])('$type starts exactly this pipeline', async (source, pattern) => {
    const result = await rendered(source);
    const rule = result.resource('AWS::Events::Rule');
    expect(rule.EventPattern).toEqual(pattern);
    expect(rule.Targets).toEqual([
      { Id: 'Pipeline', Arn: pipelineArn, RoleArn: { 'Fn::GetAtt': ['SourceTriggerRole', 'Arn'] } },
    ]);
    const role = result.resource('AWS::IAM::Role', 'SourceTriggerRole');
    expect(role.Policies[0].PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: ['codepipeline:StartPipelineExecution'], Resource: [pipelineArn] },
    ]);
    expect(role.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '111111111111' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/*' },
    });
    expect(result.action('Source').Configuration.PollForSourceChanges ?? 'false').toBe('false');
  });

  it.each([codeCommit('poll'), s3('poll')])('$type can be polled instead', async (source) => {
    const result = await rendered(source);
    expect(result.action('Source').Configuration.PollForSourceChanges).toBe('true');
    expect(() => result.resource('AWS::Events::Rule')).toThrow('0 resources');
  });

  it.each([
    [codeCommit('none'), ['codecommit:GetBranch'], ['arn:aws:codecommit:eu-west-1:111111111111:orders']],
    [s3('none'), ['s3:GetObject', 's3:GetObjectTagging'], ['arn:aws:s3:::acme/a/b.zip']],
    [s3('none'), ['s3:GetBucketVersioning', 's3:ListBucket'], ['arn:aws:s3:::acme']],
    [ecr('none'), ['ecr:DescribeImages'], ['arn:aws:ecr:eu-west-1:111111111111:repository/base']],
  ])('$type is read by exactly what it needs', async (source, actions, resources) => {
    const statements = pipelineStatements(await rendered(source));
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: expect.arrayContaining(actions),
      Resource: resources,
    });
  });
});

describe('an S3 object that a key of the author encrypts', () => {
  const encryptionKey = 'arn:aws:kms:eu-west-1:999999999999:key/0a1b2c3d';
  const decrypting = async (source: Source) =>
    pipelineStatements(await rendered(source)).filter(({ Action }) => `${Action}` === 'kms:Decrypt');

  it('may be decrypted by the pipeline with exactly that key', async () => {
    expect(await decrypting({ ...s3('poll'), encryptionKey } as Source)).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [encryptionKey] },
    ]);
  });

  it('is not looked for where none is named', async () => {
    expect(await decrypting(s3('poll'))).toEqual([]);
  });
});

it('an event of CodeCommit starts the pipeline by an existing role where one is named', async () => {
  const eventRole = 'arn:aws:iam::111111111111:role/starter';
  const result = await rendered({ ...codeCommit('event'), eventRole } as Source);
  expect(result.resource('AWS::Events::Rule').Targets[0].RoleArn).toBe(eventRole);
  expect(() => result.resource('AWS::IAM::Role', 'SourceTriggerRole')).toThrow('0 resources');
});

it('CodeCommit hands on a clone to the builds that take it, where that is asked for', async () => {
  const result = await rendered({ ...codeCommit('event'), fullClone: true } as Source);
  const arn = 'arn:aws:codecommit:eu-west-1:111111111111:orders';
  expect(result.action('Source').Configuration.OutputArtifactFormat).toBe('CODEBUILD_CLONE_REF');
  expect(pipelineStatements(result)).toContainEqual(
    expect.objectContaining({ Action: expect.arrayContaining(['codecommit:GetRepository']), Resource: [arn] }),
  );
  expect(roleStatements(result, 'buildRole')).toContainEqual({
    Effect: 'Allow',
    Action: ['codecommit:GitPull'],
    Resource: [arn],
  });
  expect((await rendered(codeCommit('event'))).action('Source').Configuration).not.toHaveProperty(
    'OutputArtifactFormat',
  );
});

describe('text of a source', () => {
  it.each([
    [{ ...connection, branch: '#{codepipeline.PipelineExecutionId}' } as Source, 'branch'],
    [{ ...s3('none'), key: '{{resolve:ssm:/x}}' } as Source, 'key'],
  ])('that something would replace is refused: %j', async (source, option) => {
    await expect(rendered(source)).rejects.toMatchObject({
      code: 'TEXT_WOULD_BE_RESOLVED',
      path: 'source',
      message: expect.stringContaining(`"${option}"`),
    });
  });
});

describe('additional sources', () => {
  it('may be another branch of the main repository', async () => {
    const config = { ...connection, branch: 'config', trigger: 'none' } as Source;
    const result = await renderPlan(planOf({ source: connection, additionalSources: { config } }));
    const [main, other] = [result.action('Source'), result.action('Additional1')];
    expect([main.Configuration.BranchName, other.Configuration.BranchName]).toEqual(['main', 'config']);
    expect([main.Configuration.FullRepositoryId, other.Configuration.FullRepositoryId]).toEqual([
      'acme/orders',
      'acme/orders',
    ]);
    expect(result.action('Build').InputArtifacts).toEqual([{ Name: 'Source' }, { Name: 'Sb79606fb3_config' }]);
    expect(result.inspection.problems).toEqual([]);
  });

  it('never trigger and hand on artifacts of their own', async () => {
    const result = await renderPlan(
      planOf({
        additionalSources: {
          'vendor/lib': s3('event'),
          other: { ...connection, repository: 'acme/other' } as Source,
          base: ecr('event'),
          hub: gitHub('webhook'),
        },
      }),
    );
    expect(result.action('Additional1').Configuration.PollForSourceChanges).toBe('false');
    expect(result.action('Additional2').Configuration.DetectChanges).toBe('false');
    const text = JSON.stringify(result.template());
    expect(text).not.toContain('AWS::Events::Rule');
    expect(text).not.toContain('AWS::CodePipeline::Webhook');
    const outputs = [1, 2, 3, 4].map((index) => result.action(`Additional${index}`).OutputArtifacts[0].Name);
    expect(outputs).toEqual([
      expect.stringMatching(/^S[0-9a-f]{9}_vendor_lib_[0-9a-f]{10}$/),
      expect.stringMatching(/^S[0-9a-f]{9}_other$/),
      expect.stringMatching(/^S[0-9a-f]{9}_base$/),
      'Source_hub',
    ]);
  });
});
