import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { pipelineStatements, removeRendered, renderPlan, updateStatements } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const role = (account: string, region: string) =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-${region}`;
const deployTo = (...envs: readonly (readonly [string, string])[]) =>
  renderPlan(
    planOf({
      deployments: envs.map(([account, region], index) => ({
        name: `D${index}`,
        env: { account, region },
        stacks: [{ id: 'Api' }],
      })),
    }),
  );
const bucketArn = { 'Fn::GetAtt': ['Artifacts', 'Arn'] };
const objects = { 'Fn::Join': ['', [bucketArn, '/*']] };
const objectsOf = (artifact: string) => ({ 'Fn::Join': ['', [bucketArn, `/*/${artifact}/*`]] });
const templates = objectsOf('Templates');
const buildRole = { 'Fn::GetAtt': [expect.stringMatching(/^buildRole/), 'Arn'] };
const keyArn = { 'Fn::GetAtt': ['ArtifactsKey', 'Arn'] };

describe('artifacts within one account and region', () => {
  it('need one bucket, encrypted with the key of S3, and no key of their own', async () => {
    const result = await deployTo(['111111111111', 'eu-west-1']);
    expect(result.pipeline.ArtifactStore).toEqual({ Type: 'S3', Location: { Ref: 'Artifacts' } });
    expect(result.pipeline.ArtifactStores).toBeUndefined();
    expect(() => result.resource('AWS::KMS::Key')).toThrow('0 resources');
    expect(result.resource('AWS::S3::Bucket', 'Artifacts')).toEqual({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'ForgetOldArtifacts',
            Status: 'Enabled',
            ExpirationInDays: 365,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: 'AccessLogs' } },
    });
  });

  it('are read by the deploy role, each written by its build alone and the pipeline; never without TLS or encryption', async () => {
    const result = await deployTo(['111111111111', 'eu-west-1']);
    const principal = { Effect: 'Allow', Principal: { AWS: [role('111111111111', 'eu-west-1')] } };
    expect(result.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument.Statement).toEqual([
      {
        Sid: 'OnlyEncryptedConnections',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucketArn, objects],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'OnlyEncryptedPuts',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: objects,
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      },
      {
        ...principal,
        Action: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
        Resource: [bucketArn, templates],
      },
      {
        Effect: 'Allow',
        Principal: { AWS: buildRole },
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: [objectsOf('Source')],
      },
      {
        Effect: 'Allow',
        Principal: { AWS: buildRole },
        Action: ['s3:PutObject'],
        Resource: [objectsOf('Assembly'), templates],
      },
      {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        // The source is a connection, which sets the ACL of what it puts.
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl'],
        Resource: [objects],
      },
    ]);
  });

  it('are logged in a bucket beside them that only the log delivery of S3 for them may write to', async () => {
    const result = await deployTo(['111111111111', 'eu-west-1']);
    const { AccessLogs, AccessLogsPolicy } = result.template().Resources;
    expect(AccessLogs).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365 }] },
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
      },
    });
    const [tls, ...more] = AccessLogsPolicy.Properties.PolicyDocument.Statement;
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(more).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['AccessLogs', 'Arn'] }, '/*']] },
        Condition: {
          ArnEquals: { 'aws:SourceArn': bucketArn },
          StringEquals: { 'aws:SourceAccount': '111111111111' },
        },
      },
    ]);
  });

  it('are not logged where the definition says so', async () => {
    const plan = planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Api' }] }] });
    const result = await renderPlan(plan, { options: { accessLogs: false } });
    expect(result.resource('AWS::S3::Bucket').LoggingConfiguration).toBeUndefined();
  });

  it('outlive the stack', async () => {
    const { Artifacts } = (await deployTo(['111111111111', 'eu-west-1'])).template().Resources;
    expect(Artifacts).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });
});

describe('artifacts for other accounts', () => {
  it('are encrypted with a key that rotates, is kept, and that only the deploy roles may decrypt with', async () => {
    const result = await deployTo(['222222222222', 'eu-west-1'], ['333333333333', 'eu-west-1']);
    expect(result.pipeline.ArtifactStore).toEqual({
      Type: 'S3',
      Location: { Ref: 'Artifacts' },
      EncryptionKey: { Type: 'KMS', Id: keyArn },
    });
    const key = result.template().Resources.ArtifactsKey;
    expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(key.Properties.EnableKeyRotation).toBe(true);
    const foreign = {
      Principal: { AWS: ['arn:aws:iam::222222222222:root', 'arn:aws:iam::333333333333:root'] },
    };
    const roles = { 'aws:PrincipalArn': [role('222222222222', 'eu-west-1'), role('333333333333', 'eu-west-1')] };
    expect(key.Properties.KeyPolicy.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Effect: 'Allow',
        ...foreign,
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { ArnEquals: roles, StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      },
    ]);
    expect(result.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument.Statement.slice(2, 4)).toEqual([
      {
        Sid: 'OnlyWithItsKey',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: objects,
        Condition: {
          Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': [keyArn, { Ref: 'ArtifactsKey' }] },
        },
      },
      {
        Effect: 'Allow',
        ...foreign,
        Action: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
        Resource: [bucketArn, templates],
        Condition: { ArnEquals: roles },
      },
    ]);
  });

  it('let builds use just that key', async () => {
    const result = await deployTo(['222222222222', 'eu-west-1']);
    expect(updateStatements(result)).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:DescribeKey'],
      Resource: [keyArn],
    });
    expect(result.resource('AWS::CodeBuild::Project', 'build').EncryptionKey).toEqual(keyArn);
    for (const statement of pipelineStatements(result)) {
      expect(statement.Resource).not.toContain('*');
      expect(JSON.stringify(statement.Action)).not.toMatch(/Delete|"\*"|:\*/);
    }
  });
});

describe('artifacts in another region', () => {
  const stack = 'orders-pipeline-support-us-east-1';

  it('lie in a support stack that is deployed first', async () => {
    const result = await deployTo(['111111111111', 'us-east-1']);
    const { artifacts } = JSON.parse(result.read('manifest.json'));
    expect(artifacts['orders-pipeline'].dependencies).toContain(stack);
    expect(artifacts[stack].environment).toBe('aws://111111111111/us-east-1');
    const bucket = result.resource('AWS::S3::Bucket', 'Artifacts', stack);
    expect(result.pipeline.ArtifactStores).toEqual([
      { Region: 'eu-west-1', ArtifactStore: { Type: 'S3', Location: { Ref: 'Artifacts' } } },
      { Region: 'us-east-1', ArtifactStore: { Type: 'S3', Location: bucket.BucketName } },
    ]);
    expect(bucket.BucketName).toMatch(/^[a-z0-9-]{3,63}$/);
    expect(result.inspection.problems).toEqual([]);
  });

  it('are written only while the bucket belongs to the account of the pipeline', async () => {
    const result = await deployTo(['111111111111', 'us-east-1']);
    const { BucketName } = result.resource('AWS::S3::Bucket', 'Artifacts', stack);
    const writes = pipelineStatements(result).filter(({ Action }) => Action.includes('s3:PutObject'));
    expect(writes).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
        Resource: [`arn:aws:s3:::${BucketName}/*`],
        Condition: { StringEquals: { 'aws:ResourceAccount': '111111111111' } },
      },
    ]);
  });

  it('for another account have a key with an alias, and the pipeline may use what the alias names', async () => {
    const result = await deployTo(['333333333333', 'us-east-1']);
    const alias = 'alias/orders-pipeline-support-for-111111111111-eu-west-1';
    expect(result.resource('AWS::KMS::Alias', '', stack)).toEqual({ AliasName: alias, TargetKeyId: keyArn });
    expect(result.pipeline.ArtifactStores[1].ArtifactStore.EncryptionKey).toEqual({
      Type: 'KMS',
      Id: `arn:aws:kms:us-east-1:111111111111:${alias}`,
    });
    expect(pipelineStatements(result)).toContainEqual({
      Effect: 'Allow',
      Action: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      Resource: ['arn:aws:kms:us-east-1:111111111111:key/*'],
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
    });
    expect(() => result.resource('AWS::KMS::Key')).toThrow('0 resources');
  });
});
