/** What `cdk-assets` calls to publish files and images. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { DeployedResource, Json } from '../cloud/template.test.fixture.ts';
import type { Caller, Context } from '../iam/policy.test.fixture.ts';
import { keyRow } from './artifacts.test.fixture.ts';
import { callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';
import { readJson } from './manifest.test.fixture.ts';

/** The build of a publisher: a line each for manifest and selector, in the file that a variable names. */
export function publisherCalls(action: Json, project: DeployedResource, life: Life): LifeCall[] {
  const fixed: Json[] = project.properties.Environment.EnvironmentVariables ?? [];
  const given: Json[] = JSON.parse(action.Configuration.EnvironmentVariables ?? '[]');
  const file =
    given.find(({ name }) => name === 'CDKPIPE_ASSETS')?.value ??
    fixed.find(({ Name }) => Name === 'CDKPIPE_ASSETS')?.Value;
  if (file === undefined) return [];
  const lines = readFileSync(join(life.assembly, file), 'utf8').trim().split('\n');
  const caller = { role: project.properties.ServiceRole };
  return lines.flatMap((manifest, index) => {
    if (index % 2 === 1) return [];
    const [asset = '', destination = ''] = lines[index + 1]?.split(':') ?? [];
    return publishCalls(caller, readJson(life.assembly, manifest), life.cloud, { asset, destination });
  });
}

export interface Selector {
  readonly asset: string;
  readonly destination: string;
}

/** @param only one asset at one destination; absent for all of the manifest */
export function publishCalls(caller: Caller, manifest: Json, cloud: Cloud, only?: Selector): LifeCall[] {
  const calls = (assets: Json, rowsOf: (destination: Json) => Row[]) =>
    Object.entries<Json>(assets ?? {}).flatMap(([asset, { destinations }]) =>
      Object.entries<Json>(destinations).flatMap(([destination, each]) =>
        only === undefined || (only.asset === asset && only.destination === destination)
          ? publishAs(caller, each, rowsOf(each))
          : [],
      ),
    );
  return [
    ...calls(manifest.files, (destination) => fileRows(destination, cloud)),
    ...calls(manifest.dockerImages, imageRows),
  ];
}

function publishAs(caller: Caller, destination: Json, rows: readonly Row[]): LifeCall[] {
  const { assumeRoleArn, assumeRoleExternalId, assumeRoleAdditionalOptions } = destination;
  const role = assumeRoleArn.replaceAll('${AWS::Partition}', 'aws');
  const context: Context = assumeRoleExternalId === undefined ? {} : { 'sts:ExternalId': assumeRoleExternalId };
  const tags = assumeRoleAdditionalOptions?.Tags ? ['sts:TagSession'] : [];
  return [
    ...callsOf(`publish as ${role}`, caller, [
      { actions: ['sts:AssumeRole', ...tags], on: role, with: context, source: 'cdkAssets' },
    ]),
    ...callsOf(`publish as ${role}`, { role }, rows),
  ];
}

function fileRows({ bucketName, objectKey, region }: Json, cloud: Cloud): Row[] {
  const bucketArn = `arn:aws:s3:::${bucketName}`;
  const [rule] =
    cloud.findByArn('AWS::S3::Bucket', bucketArn)?.properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const keyName = rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
  const store = { region, bucketArn, ...(keyName && { keyName }) };
  return [
    {
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetEncryptionConfiguration'],
      on: bucketArn,
      source: 'cdkAssets',
    },
    { actions: 's3:PutObject', on: `${bucketArn}/${objectKey}`, source: 'cdkAssets' },
    keyRow(cloud, store, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}

function imageRows({ repositoryName, region, assumeRoleArn }: Json): Row[] {
  const on = `arn:aws:ecr:${region}:${assumeRoleArn.split(':').at(-2)}:repository/${repositoryName}`;
  const upload = ['BatchCheckLayerAvailability', 'InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload'];
  const actions = ['DescribeRepositories', 'DescribeImages', ...upload, 'PutImage'].map((each) => `ecr:${each}`);
  return [
    { actions, on, source: 'cdkImages' },
    { actions: 'ecr:GetAuthorizationToken', on: '*', source: 'cdkImages' },
  ];
}
