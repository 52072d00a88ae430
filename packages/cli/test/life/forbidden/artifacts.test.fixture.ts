/** What nobody may do to artifacts, their buckets and their keys. */
import { objectIn } from '../calls/artifacts.test.fixture.ts';
import type { Json } from '../cloud/template.test.fixture.ts';
import { accountOfRole, type Forbidden } from './forbidden-call.test.fixture.ts';
import type { Member, World } from './world.test.fixture.ts';

/** Of each artifact of the pipeline, in each bucket. */
const objects = (world: World) => objectsOf(world, artifactsOf(world.life));
const bucketArns = ({ buckets }: World) => buckets.map(({ names }) => names.arn ?? '');
const logs = (world: World) =>
  world
    .all('AWS::S3::Bucket')
    .filter(({ properties }) => !properties.VersioningConfiguration)
    .map(({ names }) => `${names.arn}/2026-11-29`);
const functions = ({ handlers, reviewers, passers, windows }: World) => [
  ...handlers,
  ...reviewers,
  ...passers,
  ...windows,
];
const deployers = (world: World) => world.bootstrapRoles('deploy');
const foreign = (world: World, roles: readonly string[]) =>
  roles.filter((role) => accountOfRole(role) !== world.life.home.account);
const everybody = (world: World) => [...world.roles, ...deployers(world)];
/** With all rights of an account that has nothing to do with the pipeline. */
const stranger = () => [{ root: '888888888888' }];
const asKms = { 's3:x-amz-server-side-encryption': 'aws:kms' };
const put = 's3:PutObject';
const writing = { actions: put, on: objects, with: asKms } as const;
const change = ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:DeleteBucket', 's3:PutBucketVersioning'];
const moreChange = [...change, 's3:PutLifecycleConfiguration', 's3:PutEncryptionConfiguration', 's3:PutBucketAcl'];

export const forbiddenForArtifacts: readonly Forbidden[] = [
  {
    says: 'a step that puts nothing out writes an artifact',
    who: ({ steps, life }) => steps.filter(({ arn }) => !putsOut(life, arn)),
    ...writing,
  },
  {
    says: 'a build role writes the artifact of another action',
    who: ({ build, steps }) => [...build, ...steps],
    actions: put,
    on: (world, self) => objectsOf(world, without(artifactsOf(world.life), handedOver(world.life, self).outputs)),
    with: asKms,
  },
  {
    says: 'a build role reads an artifact that is no input of its action',
    who: ({ build, steps, publishers, updaters }) => [...build, ...steps, ...publishers, ...updaters],
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    on: (world, self) => objectsOf(world, without(artifactsOf(world.life), handedOver(world.life, self).inputs)),
  },
  { says: 'a publisher writes an artifact', who: ({ publishers }) => publishers, ...writing },
  { says: 'the update of the pipeline writes an artifact', who: ({ updaters }) => updaters, ...writing },
  { says: 'a function writes an artifact', who: functions, ...writing },
  { says: 'the role of an action elsewhere writes an artifact', who: ({ actionRoles }) => actionRoles, ...writing },
  { says: 'a deploy role writes an artifact after review', who: deployers, ...writing },
  { says: 'a publishing role writes an artifact', who: (world) => world.bootstrapRoles('file-publishing'), ...writing },
  { says: 'a stranger writes an artifact', who: stranger, ...writing },
  {
    says: 'what starts the pipeline writes an artifact',
    who: ({ triggerRoles, scheduleRoles }) => [...triggerRoles, ...scheduleRoles],
    ...writing,
  },
  {
    says: 'a deploy role reads the source or the content of assets',
    who: deployers,
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    on: (world) => objectsOf(world, ['Source', 'Assembly']),
  },
  { says: 'a function reads artifacts', who: functions, actions: 's3:GetObject', on: objects },
  {
    says: 'what starts the pipeline reads artifacts',
    who: ({ triggerRoles, scheduleRoles }) => [...triggerRoles, ...scheduleRoles],
    actions: 's3:GetObject',
    on: objects,
  },
  {
    says: 'the role of an action elsewhere reads artifacts',
    who: ({ actionRoles }) => actionRoles,
    actions: 's3:GetObject',
    on: objects,
  },
  {
    says: 'a look-up role of another account reads artifacts',
    who: (world) => foreign(world, world.bootstrapRoles('lookup')),
    actions: 's3:GetObject',
    on: objects,
  },
  {
    says: 'a stranger reads artifacts',
    who: stranger,
    actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
    on: (world) => [...objects(world), ...bucketArns(world)],
  },
  {
    says: 'a role of another account that may do everything there reads artifacts',
    who: () => ['arn:aws:iam::222222222222:role/neighbour'],
    actions: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'],
    on: (world) => [...objects(world), ...bucketArns(world)],
    with: asKms,
  },
  {
    says: 'a role of another account that may do everything there uses a key of artifacts',
    who: () => ['arn:aws:iam::222222222222:role/neighbour'],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'],
    on: ({ keys }) => keys,
    with: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
  },
  {
    says: 'somebody deletes an artifact or an old version of it',
    who: everybody,
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    on: objects,
  },
  {
    says: 'somebody takes over an artifact',
    who: (world) => everybody(world).filter((role) => role !== world.life.pipeline.roleArn),
    actions: ['s3:PutObjectAcl', 's3:PutObjectTagging', 's3:ObjectOwnerOverrideToBucketOwner'],
    on: objects,
  },
  { says: 'somebody changes an artifact bucket', who: everybody, actions: moreChange, on: bucketArns },
  { says: 'a stranger changes an artifact bucket', who: stranger, actions: moreChange, on: bucketArns },
  {
    says: 'the build writes an artifact that is not encrypted by KMS',
    who: ({ build }) => build,
    actions: put,
    on: objects,
    with: { 's3:x-amz-server-side-encryption': 'AES256' },
  },
  {
    says: 'the build writes an artifact that asks for no encryption',
    who: ({ build }) => build,
    actions: put,
    on: objects,
  },
  {
    says: 'the pipeline writes an artifact with a key of somebody else',
    who: ({ life, keys }) => (keys.length > 0 ? [life.pipeline.roleArn] : []),
    actions: put,
    on: (world) => objects(world).filter((object) => hasKey(world, object)),
    with: { ...asKms, 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:999999999999:key/1' },
  },
  {
    says: 'an artifact is read without TLS',
    who: ({ life, build }) => [life.pipeline.roleArn, ...build],
    actions: 's3:GetObject',
    on: objects,
    with: { 'aws:SecureTransport': 'false' },
  },
  {
    says: 'an artifact is written without TLS',
    who: ({ life, build }) => [life.pipeline.roleArn, ...build],
    actions: put,
    on: objects,
    with: { ...asKms, 'aws:SecureTransport': 'false' },
  },
  {
    says: 'somebody reads or removes the access logs',
    who: everybody,
    actions: ['s3:GetObject', 's3:DeleteObject', 's3:PutObject'],
    on: logs,
  },
  {
    says: 'logs of another bucket are written among the access logs',
    who: () => [{ service: 'logging.s3.amazonaws.com' }],
    actions: put,
    on: logs,
    with: { 'aws:SourceArn': 'arn:aws:s3:::somebody-elses', 'aws:SourceAccount': '999999999999' },
  },
  {
    says: 'somebody ends, disables or gives away a key of artifacts',
    who: everybody,
    actions: [
      'kms:ScheduleKeyDeletion',
      'kms:DisableKey',
      'kms:PutKeyPolicy',
      'kms:CreateGrant',
      'kms:DisableKeyRotation',
    ],
    on: ({ keys }) => keys,
  },
  {
    says: 'a stranger uses a key of artifacts',
    who: stranger,
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:DescribeKey', 'kms:CreateGrant', 'kms:ScheduleKeyDeletion'],
    on: ({ keys }) => keys,
  },
  {
    says: 'a step in another account decrypts with the key, but not through S3',
    who: ({ steps, life }) => steps.filter(({ env }) => env.account !== life.home.account),
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    on: ({ keys }) => keys,
  },
  {
    says: 'a deploy role of another account uses the key, but not through S3',
    who: (world) => foreign(world, deployers(world)),
    actions: ['kms:Decrypt', 'kms:DescribeKey'],
    on: ({ keys }) => keys,
  },
  {
    says: 'a deploy role of another account encrypts with the key',
    who: (world) => foreign(world, deployers(world)),
    actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
    on: ({ keys }) => keys,
    with: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
  },
  {
    says: 'a function uses a key of artifacts',
    who: functions,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    on: ({ keys }) => keys,
    with: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
  },
  {
    says: 'a look-up role decrypts artifacts',
    who: (world) => world.bootstrapRoles('lookup'),
    actions: 'kms:Decrypt',
    on: ({ keys }) => keys,
    with: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
  },
];

function objectsOf({ buckets, life }: World, artifacts: readonly string[]): string[] {
  return buckets.flatMap(({ names: { arn: bucketArn = '' } }) =>
    artifacts.map((artifact) => objectIn({ bucketArn, pipeline: life.pipeline.name }, artifact)),
  );
}

const without = (all: readonly string[], some: readonly string[]) => all.filter((each) => !some.includes(each));

function actionsIn({ pipeline }: World['life']): Json[] {
  return pipeline.properties.Stages.flatMap(({ Actions }: Json) => Actions);
}

const namesOf = (artifacts: Json[] = []): string[] => artifacts.map(({ Name }) => Name);

function artifactsOf(life: World['life']): string[] {
  return actionsIn(life).flatMap(({ OutputArtifacts }) => namesOf(OutputArtifacts));
}

/** What the actions that run the project of a member are given and hand on. */
function handedOver(life: World['life'], self: unknown) {
  const runs = actionsIn(life).filter(({ Configuration }) =>
    (self as Member).arn.endsWith(`/${Configuration?.ProjectName}`),
  );
  return {
    inputs: runs.flatMap(({ InputArtifacts }) => namesOf(InputArtifacts)),
    outputs: runs.flatMap(({ OutputArtifacts }) => namesOf(OutputArtifacts)),
  };
}

/** Whether an action that runs the project hands something on. */
function putsOut(life: World['life'], arn: string): boolean {
  return handedOver(life, { arn }).outputs.length > 0;
}

function hasKey({ buckets }: World, object: string): boolean {
  const bucket = buckets.find(({ names }) => object.startsWith(`${names.arn}/`));
  return JSON.stringify(bucket?.properties.BucketEncryption).includes('KMSMasterKeyID');
}
