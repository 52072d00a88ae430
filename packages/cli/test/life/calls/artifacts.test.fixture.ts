/** Reading and writing artifacts: the object, and the key that S3 uses for it. */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { Json } from '../cloud/template.test.fixture.ts';
import type { Life, Row } from './life-call.test.fixture.ts';

export interface Bucket {
  readonly region: string;
  readonly bucketArn: string;
  /** As the pipeline names the key; absent for AWS's own. */
  readonly keyName?: string;
}

export interface Store extends Bucket {
  /** Name of the pipeline. */
  readonly pipeline: string;
}

export function storeIn({ pipeline: { name, properties } }: Life, region: string): Store {
  const stores: Json[] = properties.ArtifactStores ?? [{ Region: region, ArtifactStore: properties.ArtifactStore }];
  const found = stores.find(({ Region }) => Region === region)?.ArtifactStore;
  if (!found) throw new Error(`the pipeline has no artifact store in ${region}`);
  return {
    region,
    pipeline: name,
    bucketArn: `arn:aws:s3:::${found.Location}`,
    ...(found.EncryptionKey && { keyName: found.EncryptionKey.Id }),
  };
}

/**
 * An artifact under a key that CodePipeline chooses: the names of pipeline and artifact, cut to 20 and 10 characters, as in
 * https://docs.aws.amazon.com/cli/latest/reference/codebuild/batch-get-builds.html (`CodeBuild-Python-Pip/BuildArtif/6DJsqQa`).
 */
export function objectIn({ bucketArn, pipeline }: Pick<Store, 'bucketArn' | 'pipeline'>, artifact: string): string {
  return `${bucketArn}/${pipeline.slice(0, 20)}/${artifact.slice(0, 10)}/a1B2c3D`;
}

export function readRows(life: Life, store: Store, artifact: string): Row[] {
  return [
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: objectIn(store, artifact), source: 'rolePolicy' },
    keyRow(life.cloud, store, ['kms:Decrypt'], objectIn(store, artifact)),
  ];
}

/** What puts artifacts there asks for SSE-KMS, with the key that the pipeline names, by its name or its ARN. */
export function writeRows(life: Life, store: Store, artifact: string, more: readonly string[] = []): Row[] {
  const { keyName } = store;
  const names = keyName === undefined ? [undefined] : [...new Set([keyName, life.cloud.keyArn(keyName)])];
  const asKms = { 's3:x-amz-server-side-encryption': 'aws:kms' };
  return [
    ...names.map(
      (name): Row => ({
        actions: 's3:PutObject',
        on: objectIn(store, artifact),
        with: name === undefined ? asKms : { ...asKms, 's3:x-amz-server-side-encryption-aws-kms-key-id': name },
        source: 'encryption',
      }),
    ),
    ...(more.length > 0 ? [{ actions: more, on: objectIn(store, artifact), source: 'connectionBucket' } as const] : []),
    // A large object is written in parts, for which S3 also decrypts.
    keyRow(life.cloud, store, ['kms:GenerateDataKey', 'kms:Decrypt'], objectIn(store, artifact)),
  ];
}

/** S3 calls KMS as whoever calls it; the context is the bucket where it uses a key for the bucket, else the object. */
export function keyRow(
  cloud: Cloud,
  store: Bucket,
  actions: readonly string[],
  object = `${store.bucketArn}/key`,
): Row {
  const { region, bucketArn, keyName } = store;
  const bucket = cloud.findByArn('AWS::S3::Bucket', bucketArn);
  const [rule] = bucket?.properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const account = cloud.ownerOfBucket(bucketArn.split(':').at(-1) ?? '');
  return {
    actions,
    on: keyName === undefined ? `arn:aws:kms:${region}:${account}:key/aws-s3` : cloud.keyArn(keyName),
    with: {
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': rule?.BucketKeyEnabled ? bucketArn : object,
    },
    source: 'encryption',
  };
}

/** Beside what S3 asks for; those that AWS lists for a key of one's own. */
export const allKeyActions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Calls of KMS, through S3 and directly, with a key of one's own; none with that of AWS. */
export function keyRows(cloud: Cloud, store: Store, actions: readonly string[], source: Row['source']): Row[] {
  if (store.keyName === undefined) return [];
  const through = keyRow(cloud, store, actions);
  return [
    { ...through, source },
    { actions, on: through.on, source },
  ];
}
