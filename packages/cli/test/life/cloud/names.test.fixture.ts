/** What `Ref` and `Fn::GetAtt` give for each type of resource that our templates have. */
import { createHash } from 'node:crypto';

export interface Names {
  readonly ref: string;
  readonly arn?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Identity {
  readonly stack: string;
  readonly env: { readonly account: string; readonly region: string };
  readonly logicalId: string;
  readonly type: string;
}

type Property = (name: string) => string | undefined;
type Rule = (given: string, identity: Identity, property: Property) => Names;

/** Where a name goes in an ARN, which then is no reference. */
const named =
  (service: string, prefix: string): Rule =>
  (name, { env: { account, region } }) => ({
    ref: name,
    arn: `arn:aws:${service}:${region}:${account}:${prefix}${name}`,
  });

/** Its ARN is what `Ref` gives. */
const byArn =
  (service: string, prefix: string, attribute: string): Rule =>
  (name, { env: { account, region } }) => {
    const arn = `arn:aws:${service}:${region}:${account}:${prefix}${name}`;
    return { ref: arn, arn, attributes: { [attribute]: arn } };
  };

const plain: Rule = (name) => ({ ref: name });

/** By type: the property with its name, where it can have a fixed one, and how it is called. */
const rules: Readonly<Record<string, readonly [string | undefined, Rule]>> = {
  'AWS::S3::Bucket': ['BucketName', (name) => ({ ref: name.toLowerCase(), arn: `arn:aws:s3:::${name.toLowerCase()}` })],
  'AWS::S3::BucketPolicy': [undefined, plain],
  'AWS::KMS::Key': [undefined, named('kms', 'key/')],
  'AWS::KMS::Alias': ['AliasName', plain],
  'AWS::IAM::Role': ['RoleName', (name, { env }) => ({ ref: name, arn: `arn:aws:iam::${env.account}:role/${name}` })],
  'AWS::IAM::Policy': [undefined, plain],
  'AWS::IAM::ManagedPolicy': [
    'ManagedPolicyName',
    (name, { env }) => ({ ref: `arn:aws:iam::${env.account}:policy/${name}` }),
  ],
  'AWS::CodeBuild::Project': ['Name', named('codebuild', 'project/')],
  'AWS::CodePipeline::Pipeline': ['Name', named('codepipeline', '')],
  'AWS::CodePipeline::Webhook': ['Name', plain],
  'AWS::Lambda::Function': ['FunctionName', named('lambda', 'function:')],
  'AWS::Lambda::Permission': [undefined, plain],
  'AWS::Lambda::EventInvokeConfig': [undefined, plain],
  'AWS::Logs::LogGroup': [
    'LogGroupName',
    (name, { env }) => ({ ref: name, arn: `arn:aws:logs:${env.region}:${env.account}:log-group:${name}:*` }),
  ],
  'AWS::SNS::Topic': ['TopicName', byArn('sns', '', 'TopicArn')],
  'AWS::SNS::TopicPolicy': [undefined, plain],
  'AWS::SNS::Subscription': [undefined, plain],
  'AWS::Events::Rule': ['Name', named('events', 'rule/')],
  'AWS::Scheduler::Schedule': ['Name', named('scheduler', 'schedule/default/')],
  'AWS::ECR::Repository': ['RepositoryName', named('ecr', 'repository/')],
  'AWS::SSM::Parameter': ['Name', plain],
};

export function namesOf(identity: Identity, property: Property): Names {
  const [nameProperty, rule] = rules[identity.type] ?? unknown(identity);
  return rule((nameProperty && property(nameProperty)) ?? madeUp(identity), identity, property);
}

/** CloudFormation ends the names that it makes up in random characters; here they are the same each time. */
function madeUp({ stack, env, logicalId }: Identity): string {
  const end = createHash('sha256')
    .update(`${stack}/${env.account}/${env.region}/${logicalId}`)
    .digest('hex')
    .slice(0, 12);
  return `${stack}-${logicalId}-${end}`;
}

function unknown({ type, logicalId }: Identity): never {
  throw new Error(`how ${type} (${logicalId}) is called is not known here; add it to the rules`);
}
