/** What nobody may do to roles, stacks, secrets, logs, topics and what the CDK bootstrapped. */
import { stackArn } from '../calls/deploy-actions.test.fixture.ts';
import { accountOfRole, type Forbidden } from './forbidden-call.test.fixture.ts';
import type { Member, World } from './world.test.fixture.ts';

const workers = ({ build, steps, publishers, updaters, handlers, reviewers, passers, windows }: World) => [
  ...[...build, ...steps, ...publishers, ...updaters],
  ...[...handlers, ...reviewers, ...passers, ...windows],
];
const roles = ({ roles: all }: World) => all;
const kinds = ['deploy', 'file-publishing', 'image-publishing', 'lookup', 'cfn-exec'];
const bootstrapped =
  (...wanted: readonly string[]) =>
  (world: World) =>
    wanted.flatMap((kind) => world.bootstrapRoles(kind));
const assume = 'sts:AssumeRole';
const stranger = () => [{ root: '888888888888' }];
/** A role of the pipeline's own account that may do everything there but is not the pipeline's. */
const neighbour = ({ life: { home } }: World) => [`arn:aws:iam::${home.account}:role/neighbour`];
const strange = (service: string) => () => [{ service: `${service}.amazonaws.com` }];
const elsewhere = (source: string) => ({ 'aws:SourceArn': source, 'aws:SourceAccount': '999999999999' });
const rolesOf = (members: readonly Member[]) => members.map(({ role }) => role);
const valueRoleOf = ({ resource: { properties } }: Member): string | undefined =>
  (properties.Environment?.EnvironmentVariables as { Name: string; Value: string }[] | undefined)?.find?.(
    ({ Name }) => Name === 'CDKPIPE_VALUE_ROLE',
  )?.Value;
const groupsOf = (world: World, self: unknown) => {
  const own = JSON.stringify((self as Member).resource.properties);
  return world
    .all('AWS::Logs::LogGroup')
    .filter(({ names }) => !own.includes(`"${names.ref}"`))
    .map(({ names }) => `${names.arn?.replace(/\*$/, '')}log-stream:x`);
};
const stacks = ({ life: { cloud } }: World) =>
  cloud.stacks.filter(({ name }) => name !== 'CDKToolkit').map(({ env, name }) => stackArn(env, name));
const topics = (world: World) => world.all('AWS::SNS::Topic').map(({ names }) => names.ref);
/** Only the function that leaves approvals to people notifies any: the topics of the requests that call it. */
const topicsToNotify = (world: World, self: unknown): string[] =>
  world.passers.includes(self as Member)
    ? (world.life.pipeline.properties.Stages as { Actions: { Configuration?: { UserParameters?: string } }[] }[])
        .flatMap(({ Actions }) => Actions)
        .flatMap(({ Configuration: { UserParameters = '{}' } = {} }) =>
          UserParameters.startsWith('{') ? (JSON.parse(UserParameters).topic ?? []) : [],
        )
    : [];
const assets = ({ life: { cloud } }: World) =>
  cloud
    .all('AWS::S3::Bucket')
    .filter(({ stack }) => stack.name === 'CDKToolkit')
    .map(({ names }) => `${names.arn}/template.json`);
const secrets = ({ life: { home } }: World) => [
  `arn:aws:secretsmanager:${home.region}:${home.account}:secret:somebody-elses-AbC123`,
];
const parameters = ({ life: { home } }: World) => [
  `arn:aws:ssm:${home.region}:${home.account}:parameter/somebody/elses`,
];
const ofOtherAccounts = (arns: readonly string[], account: string) =>
  arns.filter((arn) => accountOfRole(arn) !== account);

/** Accounts whose publishing roles the policies of a publisher do not name. */
const notNamed = (world: World, self: unknown, arns: readonly string[]) => {
  const role = world.all('AWS::IAM::Role').find(({ names }) => names.arn === (self as Member).role);
  const text = JSON.stringify(role?.properties.Policies);
  return arns.filter((arn) => !text.includes(`"${arn}"`));
};

export const forbiddenForRoles: readonly Forbidden[] = [
  { says: 'a step takes on a bootstrap role', who: ({ steps }) => steps, actions: assume, on: bootstrapped(...kinds) },
  {
    says: 'the build takes on a bootstrap role',
    who: ({ build }) => build,
    actions: assume,
    on: bootstrapped(...kinds),
  },
  {
    says: 'a function of a lambda step or window takes on a bootstrap role',
    who: ({ handlers, windows }) => [...handlers, ...windows],
    actions: assume,
    on: bootstrapped(...kinds),
  },
  {
    says: 'a publisher takes on a role other than for publishing',
    who: ({ publishers }) => publishers,
    actions: assume,
    on: bootstrapped('deploy', 'lookup', 'cfn-exec'),
  },
  {
    says: 'a publisher takes on publishing roles that its assets do not need',
    who: ({ publishers }) => publishers,
    actions: assume,
    on: (world, self) => notNamed(world, self, bootstrapped('file-publishing', 'image-publishing')(world)),
  },
  {
    says: 'the update of the pipeline takes on roles that execute or look up',
    who: ({ updaters }) => updaters,
    actions: assume,
    on: bootstrapped('cfn-exec', 'lookup'),
  },
  {
    says: 'the review takes on roles that can change something, where one can read',
    who: ({ reviewers }) => reviewers,
    actions: assume,
    on: bootstrapped('deploy', 'file-publishing', 'image-publishing', 'cfn-exec'),
  },
  {
    says: 'the pipeline takes on roles other than for deploying',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: assume,
    on: bootstrapped('file-publishing', 'image-publishing', 'lookup', 'cfn-exec'),
  },
  {
    says: 'the role of an action elsewhere takes on a bootstrap role',
    who: ({ actionRoles }) => actionRoles,
    actions: assume,
    on: bootstrapped(...kinds),
  },
  {
    says: 'what starts the pipeline takes on a role',
    who: ({ triggerRoles, scheduleRoles }) => [...triggerRoles, ...scheduleRoles],
    actions: assume,
    on: (world) => [...world.roles, ...bootstrapped(...kinds)(world)],
  },
  {
    says: 'a build or function takes on a role of the pipeline, other than the one by which it looks values up',
    who: workers,
    actions: assume,
    on: (world, self) => roles(world).filter((role) => role !== valueRoleOf(self as Member)),
  },
  {
    says: 'a neighbour takes on the role of an action elsewhere',
    who: neighbour,
    actions: assume,
    on: ({ actionRoles }) => actionRoles,
  },
  {
    says: 'a neighbour takes on a role that only a service may',
    who: neighbour,
    actions: assume,
    on: (world) => world.roles.filter((role) => !world.actionRoles.includes(role)),
  },
  { says: 'a stranger takes on a role of the pipeline', who: stranger, actions: [assume, 'sts:TagSession'], on: roles },
  { says: 'a stranger takes on a bootstrap role', who: stranger, actions: assume, on: bootstrapped(...kinds) },
  {
    says: 'a bootstrap role is taken on for somebody, with an external ID',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: assume,
    on: bootstrapped('deploy'),
    with: { 'sts:ExternalId': 'x' },
  },
  {
    says: 'CodeBuild takes on the role of a project for a project of somebody else',
    who: strange('codebuild'),
    actions: assume,
    on: ({ build, steps, publishers, updaters }) => rolesOf([...build, ...steps, ...publishers, ...updaters]),
    with: elsewhere('arn:aws:codebuild:eu-west-1:999999999999:project/x'),
  },
  {
    says: 'CodeBuild takes on the role of a project for another project',
    who: strange('codebuild'),
    actions: assume,
    on: ({ build, steps, publishers, updaters }) => rolesOf([...build, ...steps, ...publishers, ...updaters]),
    with: {
      'aws:SourceArn': 'arn:aws:codebuild:eu-west-1:111111111111:project/other',
      'aws:SourceAccount': '111111111111',
    },
  },
  {
    says: 'CodePipeline takes on the role of the pipeline for a pipeline of somebody else',
    who: strange('codepipeline'),
    actions: assume,
    on: ({ life, roles: own }) => own.filter((role) => role === life.pipeline.roleArn),
    with: elsewhere('arn:aws:codepipeline:eu-west-1:999999999999:x'),
  },
  {
    says: 'Lambda takes on the role of a function for an account of somebody else',
    who: strange('lambda'),
    actions: assume,
    on: ({ handlers, reviewers, passers, windows }) => rolesOf([...handlers, ...reviewers, ...passers, ...windows]),
    with: elsewhere('arn:aws:lambda:eu-west-1:999999999999:function:x'),
  },
  {
    says: 'EventBridge takes on a role for a rule of somebody else',
    who: strange('events'),
    actions: assume,
    on: ({ triggerRoles }) => triggerRoles,
    with: elsewhere('arn:aws:events:eu-west-1:999999999999:rule/x'),
  },
  {
    says: 'the scheduler takes on a role for a schedule of somebody else',
    who: strange('scheduler'),
    actions: assume,
    on: ({ scheduleRoles }) => scheduleRoles,
    with: elsewhere('arn:aws:scheduler:eu-west-1:999999999999:schedule-group/default'),
  },
  { says: 'a service takes on a role that is not made for it', who: strange('ec2'), actions: assume, on: roles },
  {
    says: 'somebody passes a role',
    who: roles,
    actions: 'iam:PassRole',
    on: (world) => [...world.roles, ...bootstrapped('cfn-exec')(world)],
    with: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
  },
  {
    says: 'a deploy role passes the execution role to another service',
    who: bootstrapped('deploy'),
    actions: 'iam:PassRole',
    on: roles,
    with: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  },
  {
    says: 'somebody changes a role or makes one',
    who: (world) => [...world.roles, ...bootstrapped('deploy')(world)],
    actions: [
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
    ],
    on: roles,
  },
  {
    says: 'somebody makes or executes change sets by themselves',
    who: roles,
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:UpdateStack',
      'cloudformation:CreateStack',
    ],
    on: stacks,
  },
  {
    says: 'somebody deletes a stack',
    who: roles,
    actions: ['cloudformation:DeleteStack', 'cloudformation:DeleteChangeSet'],
    on: stacks,
  },
  {
    says: 'a look-up role executes a change set',
    who: bootstrapped('lookup'),
    actions: ['cloudformation:ExecuteChangeSet', 'cloudformation:DeleteStack', 'cloudformation:CreateChangeSet'],
    on: stacks,
  },
  {
    says: "somebody reads another's secret",
    who: roles,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
    on: secrets,
  },
  {
    says: "somebody reads or writes another's parameter",
    who: roles,
    actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:PutParameter'],
    on: parameters,
  },
  {
    says: "a build or function writes another's log",
    who: workers,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: groupsOf,
  },
  {
    says: 'somebody removes or shortens a log',
    who: roles,
    actions: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:PutRetentionPolicy'],
    on: (world) => world.all('AWS::Logs::LogGroup').map(({ names }) => names.arn ?? ''),
  },
  {
    says: 'a stranger publishes to a topic of the pipeline',
    who: stranger,
    actions: ['sns:Publish', 'sns:Subscribe', 'sns:SetTopicAttributes'],
    on: topics,
  },
  {
    says: 'a build or function publishes to a topic of the pipeline that is not for it to notify',
    who: workers,
    actions: 'sns:Publish',
    on: (world, self) => topics(world).filter((topic) => !topicsToNotify(world, self).includes(topic)),
  },
  {
    says: 'somebody subscribes to, changes or deletes a topic',
    who: roles,
    actions: ['sns:Subscribe', 'sns:SetTopicAttributes', 'sns:DeleteTopic', 'sns:AddPermission'],
    on: topics,
  },
  {
    says: 'somebody publishes assets without a publishing role',
    who: roles,
    actions: ['s3:PutObject', 's3:DeleteObject'],
    on: assets,
  },
  {
    says: "a deploy role of one account writes another's assets",
    who: bootstrapped('deploy'),
    actions: 's3:PutObject',
    on: assets,
  },
  {
    says: 'somebody pushes images without a publishing role',
    who: roles,
    actions: ['ecr:PutImage', 'ecr:BatchDeleteImage', 'ecr:SetRepositoryPolicy'],
    on: ({ life: { cloud } }) => cloud.all('AWS::ECR::Repository').map(({ names }) => names.arn ?? ''),
  },
  {
    says: 'somebody pushes to the source',
    who: roles,
    actions: ['codecommit:GitPush', 'codecommit:PutFile', 'codecommit:MergeBranchesByFastForward'],
    on: ({ life: { home } }) => [`arn:aws:codecommit:${home.region}:${home.account}:orders`],
  },
  {
    says: 'somebody turns a rule or schedule off',
    who: roles,
    actions: [
      'events:DisableRule',
      'events:PutRule',
      'events:PutTargets',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteSchedule',
    ],
    on: (world) =>
      [...world.all('AWS::Events::Rule'), ...world.all('AWS::Scheduler::Schedule')].map(({ names }) => names.arn ?? ''),
  },
  {
    says: 'the update of the pipeline takes on roles of accounts without a stack of the pipeline',
    who: ({ updaters }) => updaters,
    actions: assume,
    on: (world) =>
      ofOtherAccounts(
        bootstrapped('deploy', 'file-publishing', 'image-publishing')(world),
        world.life.home.account,
      ).filter((role) => !stacks(world).some((stack) => stack.split(':')[4] === accountOfRole(role))),
  },
];
