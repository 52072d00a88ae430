/** What a build calls because of the settings of its project: logs, cache, VPC, secrets, reports, images. */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { DeployedResource, Env, Json } from '../cloud/template.test.fixture.ts';
import { allKeyActions, keyRow, keyRows } from './artifacts.test.fixture.ts';
import type { Row } from './life-call.test.fixture.ts';

export function buildSettingRows({ properties, names }: DeployedResource, env: Env, cloud: Cloud): Row[] {
  // With the key of the project, as it does artifacts.
  const files = (bucket: string) => {
    const { EncryptionKey: keyName } = properties;
    const store = { region: env.region, bucketArn: `arn:aws:s3:::${bucket}`, ...(keyName && { keyName }) };
    const needed = keyRow(cloud, store, ['kms:GenerateDataKey', 'kms:Decrypt']);
    return [needed, ...keyRows(cloud, store, allKeyActions, 'buildKey')];
  };
  return [
    ...logRows(properties.LogsConfig, env, files),
    ...cacheRows(properties.Cache, files),
    ...networkRows(properties.VpcConfig, env),
    ...secretRows(properties, env),
    ...reportRows(properties, names.ref, env),
    ...imageRows(properties.Environment, env),
  ];
}

type Encrypted = (bucket: string) => Row[];

function logRows({ CloudWatchLogs, S3Logs }: Json, { account, region }: Env, encrypted: Encrypted): Row[] {
  const rows: Row[] = [];
  if (CloudWatchLogs?.Status === 'ENABLED') {
    const { GroupName, StreamName } = CloudWatchLogs;
    const stream = `${StreamName === undefined ? '' : `${StreamName}/`}0a1b2c3d-4e5f`;
    const on = `arn:aws:logs:${region}:${account}:log-group:${GroupName}:log-stream:${stream}`;
    rows.push({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on, source: 'buildRole' });
  }
  if (S3Logs?.Status === 'ENABLED') {
    const bucket = S3Logs.Location.split('/')[0];
    const found = ['s3:GetBucketAcl', 's3:GetBucketLocation'];
    rows.push(
      { actions: 's3:PutObject', on: `arn:aws:s3:::${S3Logs.Location}/0a1b2c3d.gz`, source: 'buildLogs' },
      { actions: found, on: `arn:aws:s3:::${bucket}`, source: 'buildLogs' },
      ...(S3Logs.EncryptionDisabled ? [] : encrypted(bucket)),
    );
  }
  return rows;
}

function cacheRows(cache: Json, encrypted: Encrypted): Row[] {
  if (cache?.Type !== 'S3') return [];
  const actions = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'];
  const bucket = cache.Location.split('/')[0];
  const found = ['s3:GetBucketAcl', 's3:GetBucketLocation'];
  return [
    { actions, on: `arn:aws:s3:::${cache.Location}/0a1b2c3d`, source: 'buildCache' },
    { actions: found, on: `arn:aws:s3:::${bucket}`, source: 'buildCache' },
    ...encrypted(bucket),
  ];
}

function networkRows(vpc: Json, { account, region }: Env): Row[] {
  if (!vpc) return [];
  const ec2 = (resource: string) => `arn:aws:ec2:${region}:${account}:${resource}`;
  const describe = ['DhcpOptions', 'NetworkInterfaces', 'SecurityGroups', 'Subnets', 'Vpcs'];
  return [
    { actions: describe.map((each) => `ec2:Describe${each}`), on: '*', source: 'buildVpc' },
    {
      actions: 'ec2:CreateNetworkInterface',
      on: [
        ec2('network-interface/eni-0a1b2c3d'),
        ...vpc.Subnets.map((id: string) => ec2(`subnet/${id}`)),
        ...vpc.SecurityGroupIds.map((id: string) => ec2(`security-group/${id}`)),
      ],
      source: 'buildVpc',
    },
    ...vpc.Subnets.map(
      (subnet: string): Row => ({
        actions: 'ec2:DeleteNetworkInterface',
        on: ec2('network-interface/eni-0a1b2c3d'),
        with: { 'ec2:Subnet': ec2(`subnet/${subnet}`) },
        source: 'buildVpc',
      }),
    ),
    ...vpc.Subnets.map(
      (subnet: string): Row => ({
        actions: 'ec2:CreateNetworkInterfacePermission',
        on: ec2('network-interface/eni-0a1b2c3d'),
        with: { 'ec2:Subnet': ec2(`subnet/${subnet}`), 'ec2:AuthorizedService': 'codebuild.amazonaws.com' },
        source: 'buildVpc',
      }),
    ),
  ];
}

function secretRows({ Environment, Source }: Json, env: Env): Row[] {
  const variables: Json[] = Environment.EnvironmentVariables ?? [];
  const spec = JSON.parse(Source.BuildSpec).env ?? {};
  const named = (type: string, key: string): string[] => [
    ...variables.filter(({ Type }) => Type === type).map(({ Value }) => Value),
    ...Object.values<string>(spec[key] ?? {}),
  ];
  const parameters = named('PARAMETER_STORE', 'parameter-store').map((name): Row => {
    const own = `arn:aws:ssm:${env.region}:${env.account}:parameter/${name.replace(/^\//, '')}`;
    return { actions: 'ssm:GetParameters', on: name.startsWith('arn:') ? name : own, source: 'buildParameters' };
  });
  const secrets = named('SECRETS_MANAGER', 'secrets-manager').map((name) => secretRow(name, env));
  return [...secrets, ...parameters, ...credentialRows(variables, env)];
}

/** Secrets Manager ends the ARN of a secret in six random characters. */
function secretRow(reference: string, { account, region }: Env): Row {
  const parts = reference.split(':');
  const id = reference.startsWith('arn:') ? parts.slice(0, 7).join(':') : (parts[0] ?? '');
  const whole = id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}`;
  const on = /-[A-Za-z0-9]{6}$/.test(id) && id.startsWith('arn:') ? whole : `${whole}-AbC123`;
  return { actions: 'secretsmanager:GetSecretValue', on, source: 'buildSecrets' };
}

/** `docker-credential-cdk-assets` reads a secret, logs in to ECR, or takes on a role that does. */
function credentialRows(variables: readonly Json[], env: Env): Row[] {
  const text = variables.find(({ Name }) => Name === 'CDKPIPE_DOCKER_CREDENTIALS')?.Value ?? '{}';
  const credentials = Object.entries<Json>(JSON.parse(text).domainCredentials ?? {});
  return credentials.flatMap(([domain, { assumeRoleArn, secretsManagerSecretId, ecrRepository }]): Row[] => {
    if (assumeRoleArn) return [{ actions: 'sts:AssumeRole', on: assumeRoleArn, source: 'dockerLogin' }];
    if (!ecrRepository) return [{ ...secretRow(secretsManagerSecretId, env), source: 'dockerLogin' }];
    const [, account, region] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./.exec(domain) ?? [];
    return pullRows(`arn:aws:ecr:${region}:${account}:repository/base`, 'dockerLogin');
  });
}

function pullRows(repository: string, source: Row['source']): Row[] {
  return [
    { actions: 'ecr:GetAuthorizationToken', on: '*', source },
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      on: repository,
      source,
    },
  ];
}

function reportRows({ Source }: Json, project: string, { account, region }: Env): Row[] {
  const groups = Object.keys(JSON.parse(Source.BuildSpec).reports ?? {});
  const actions = ['CreateReport', 'UpdateReport', 'BatchPutTestCases', 'BatchPutCodeCoverages'];
  return groups.flatMap((group): Row[] => {
    const own = `arn:aws:codebuild:${region}:${account}:report-group/${project}-${group}`;
    const on = group.startsWith('arn:') ? group : own;
    return [
      { actions: actions.map((each) => `codebuild:${each}`), on, source: 'buildReports' },
      ...(on === own ? [{ actions: 'codebuild:CreateReportGroup', on, source: 'buildReports' } as const] : []),
    ];
  });
}

function imageRows({ Image, ImagePullCredentialsType, RegistryCredential }: Json, env: Env): Row[] {
  if (RegistryCredential) return [{ ...secretRow(RegistryCredential.Credential, env), source: 'buildRegistry' }];
  const [, account, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(Image) ?? [];
  if (ImagePullCredentialsType !== 'SERVICE_ROLE' || repository === undefined) return [];
  return pullRows(`arn:aws:ecr:${region}:${account}:repository/${repository}`, 'buildImage');
}
