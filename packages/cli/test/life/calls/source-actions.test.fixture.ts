/** What the role of a pipeline does to fetch a source, by its provider. */
import type { Json } from '../cloud/template.test.fixture.ts';
import { storeIn, writeRows } from './artifacts.test.fixture.ts';
import { callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';

type Rows = (configuration: Json, life: Life) => readonly Row[];

const providers: Readonly<Record<string, Rows>> = {
  // The service was renamed; which prefix it asks for depends on the connection, so each must be granted.
  CodeStarSourceConnection: ({ ConnectionArn }) => [
    {
      actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      on: ConnectionArn,
      source: 'connectionAction',
    },
  ],
  CodeCommit: ({ RepositoryName, OutputArtifactFormat }, { home: { account, region } }) => [
    {
      actions: [
        'codecommit:GetBranch',
        'codecommit:GetCommit',
        'codecommit:UploadArchive',
        'codecommit:GetUploadArchiveStatus',
        'codecommit:CancelUploadArchive',
        ...(OutputArtifactFormat === 'CODEBUILD_CLONE_REF' ? ['codecommit:GetRepository'] : []),
      ],
      on: `arn:aws:codecommit:${region}:${account}:${RepositoryName}`,
      source: 'codeCommitAction',
    },
  ],
  S3: ({ S3Bucket, S3ObjectKey }, { cloud, home }) => [
    ...keyOfObject(cloud.outside.keys?.[S3Bucket], `arn:aws:s3:::${S3Bucket}/${S3ObjectKey}`, home.region),
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      on: `arn:aws:s3:::${S3Bucket}/${S3ObjectKey}`,
      source: 's3Action',
    },
    {
      actions: ['s3:ListBucket', 's3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
      on: `arn:aws:s3:::${S3Bucket}`,
      source: 's3Action',
    },
  ],
  ECR: ({ RepositoryName }, { home: { account, region } }) => [
    {
      actions: 'ecr:DescribeImages',
      on: `arn:aws:ecr:${region}:${account}:repository/${RepositoryName}`,
      source: 'ecrAction',
    },
  ],
  // With a token of GitHub's, without AWS.
  GitHub: () => [],
};

function keyOfObject(key: string | undefined, object: string, region: string): Row[] {
  if (key === undefined) return [];
  const context = { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': object };
  return [{ actions: 'kms:Decrypt', on: key, with: context, source: 's3Action' }];
}

export function sourceCalls(action: Json, life: Life): LifeCall[] {
  const provider = action.ActionTypeId.Provider;
  const rows = providers[provider]?.(action.Configuration, life);
  if (!rows) throw new Error(`what CodePipeline calls for a source of ${provider} is not known here`);
  const connected = provider === 'CodeStarSourceConnection' ? ['s3:PutObjectAcl'] : [];
  const store = storeIn(life, life.home.region);
  const fetched = [...rows, ...writeRows(life, store, action.OutputArtifacts[0].Name, connected)];
  return callsOf(`the source action ${action.Name}`, { role: life.pipeline.roleArn }, fetched);
}
