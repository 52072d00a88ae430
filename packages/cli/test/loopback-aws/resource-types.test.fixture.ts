/** What CloudFormation's resource reference says of each type: the property that names it, `Ref`, and its ARN. */

export interface NamedIn {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly path: string;
}

export interface ResourceType {
  /** Property with the physical name; a resource whose name changes is replaced. */
  readonly nameProperty?: string;
  /** Where the name is unique. */
  readonly scope: 'global' | 'account' | 'region';
  readonly ref: 'name' | 'arn';
  /** Whether AWS makes up an ID rather than a readable name. */
  readonly isUuid?: boolean;
  arn(of: NamedIn): string;
}

const regional = (
  service: string,
  prefix: string,
  nameProperty?: string,
  ref: 'name' | 'arn' = 'name',
): ResourceType => ({
  ...(nameProperty === undefined ? {} : { nameProperty }),
  scope: 'region',
  ref,
  arn: ({ account, region, name }) => `arn:aws:${service}:${region}:${account}:${prefix}${name}`,
});

const types: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudWatch::Alarm': regional('cloudwatch', 'alarm:', 'AlarmName'),
  'AWS::CodeBuild::Project': regional('codebuild', 'project/', 'Name'),
  'AWS::CodePipeline::Pipeline': regional('codepipeline', '', 'Name'),
  'AWS::ECR::Repository': regional('ecr', 'repository/', 'RepositoryName'),
  'AWS::Events::Rule': regional('events', 'rule/', 'Name'),
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    scope: 'account',
    ref: 'arn',
    arn: ({ account, name, path }) => `arn:aws:iam::${account}:policy${path}${name}`,
  },
  'AWS::IAM::OIDCProvider': {
    nameProperty: 'Url',
    scope: 'account',
    ref: 'arn',
    arn: ({ account, name }) => `arn:aws:iam::${account}:oidc-provider/${name.replace('https://', '')}`,
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    scope: 'account',
    ref: 'name',
    arn: ({ account, name, path }) => `arn:aws:iam::${account}:role${path}${name}`,
  },
  'AWS::KMS::Alias': regional('kms', '', 'AliasName'),
  'AWS::KMS::Key': { ...regional('kms', 'key/'), isUuid: true },
  'AWS::Lambda::Function': regional('lambda', 'function:', 'FunctionName'),
  'AWS::Logs::LogGroup': {
    ...regional('logs', 'log-group:', 'LogGroupName'),
    arn: ({ account, region, name }) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    // "Bucket names must be unique across all AWS accounts in all the AWS Regions within a partition": S3 User Guide, "Bucket naming rules".
    scope: 'global',
    ref: 'name',
    arn: ({ name }) => `arn:aws:s3:::${name}`,
  },
  'AWS::SNS::Topic': regional('sns', '', 'TopicName', 'arn'),
  'AWS::SQS::Queue': regional('sqs', '', 'QueueName'),
  'AWS::SSM::Parameter': {
    ...regional('ssm', 'parameter', 'Name'),
    arn: ({ account, region, name }) => `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`,
  },
};

export function typeOf(type: string): ResourceType {
  const [, service = '', name = ''] = type.toLowerCase().split('::');
  return types[type] ?? regional(service, `${name}/`);
}
