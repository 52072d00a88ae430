/** What nobody may do to builds, functions, the pipeline and its approvals. */
import { arnsOf, type Forbidden, othersThan } from './forbidden-call.test.fixture.ts';
import type { Member, World } from './world.test.fixture.ts';

const projects = ({ build, steps, publishers, updaters }: World) => [...build, ...steps, ...publishers, ...updaters];
const functions = ({ handlers, reviewers, passers, windows }: World) => [
  ...handlers,
  ...reviewers,
  ...passers,
  ...windows,
];
const workers = (world: World) => [...projects(world), ...functions(world)];
const roles = ({ roles: all }: World) => all;
const pipeline = ({ life }: World) => [life.pipeline.arn];
const approvals = ({ approvals: all }: World) => all;
const allProjects = (world: World) => arnsOf(projects(world));
const allFunctions = (world: World) => arnsOf(functions(world));
const others = (world: World, self: unknown) => othersThan(projects(world), self);
const start = 'codebuild:StartBuild';
const approve = 'codepipeline:PutApprovalResult';
const update = ['codepipeline:UpdatePipeline', 'codepipeline:CreatePipeline'];
const steer = [
  'codepipeline:StartPipelineExecution',
  'codepipeline:StopPipelineExecution',
  'codepipeline:RetryStageExecution',
  'codepipeline:RollbackStage',
  'codepipeline:OverrideStageCondition',
  'codepipeline:EnableStageTransition',
  'codepipeline:DisableStageTransition',
];
const stranger = () => [{ root: '888888888888' }];

/** Approvals that a function was not made for. */
const notItsOwn = (world: World, self: unknown) => {
  const text = JSON.stringify(policiesOf(world, self as Member));
  return world.approvals.filter((arn) => !text.includes(`"${arn}"`));
};

function policiesOf({ all }: World, { role }: Member): unknown {
  return all('AWS::IAM::Role').find(({ names }) => names.arn === role)?.properties.Policies;
}

/** Projects and functions that the role of an action in another account has nothing to do with. */
const notNamed = (arns: readonly string[], world: World, role: unknown) => {
  const found = world.all('AWS::IAM::Role').find(({ names }) => names.arn === role);
  const text = JSON.stringify(found?.properties.Policies);
  return arns.filter((arn) => !text.includes(`"${arn}"`));
};

export const forbiddenForWork: readonly Forbidden[] = [
  { says: "a step starts another's build", who: ({ steps }) => steps, actions: start, on: others },
  {
    says: 'a step starts its own build',
    who: ({ steps }) => steps,
    actions: start,
    on: (_, self) => [(self as Member).arn],
  },
  {
    says: 'the build starts a build',
    who: ({ build }) => build,
    actions: [start, 'codebuild:StartBuildBatch'],
    on: allProjects,
  },
  { says: 'a publisher starts a build', who: ({ publishers }) => publishers, actions: start, on: allProjects },
  {
    says: 'the update of the pipeline starts a build',
    who: ({ updaters }) => updaters,
    actions: start,
    on: allProjects,
  },
  { says: 'a function starts a build', who: functions, actions: start, on: allProjects },
  {
    says: "the role of an action elsewhere starts another's build",
    who: ({ actionRoles }) => actionRoles,
    actions: start,
    on: (world, self) => notNamed(allProjects(world), world, self),
  },
  {
    says: 'the pipeline starts a build in another account by itself',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: start,
    on: (world) => arnsOf(world.steps.filter(({ env }) => env.account !== world.life.home.account)),
  },
  {
    says: 'the pipeline starts a project that is not its own',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: start,
    on: ({ life: { home } }) => [`arn:aws:codebuild:${home.region}:${home.account}:project/somebody-elses`],
  },
  {
    says: 'somebody changes or deletes a project',
    who: roles,
    actions: ['codebuild:UpdateProject', 'codebuild:DeleteProject'],
    on: allProjects,
  },
  {
    says: 'somebody opens a debug session in a build',
    who: roles,
    actions: ['codebuild:StartSandbox', 'ssm:StartSession'],
    on: allProjects,
  },
  { says: 'a stranger starts a build', who: stranger, actions: start, on: allProjects },
  { says: 'a build or function changes the pipeline', who: workers, actions: update, on: pipeline },
  {
    says: 'the role of the pipeline changes the pipeline',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: update,
    on: pipeline,
  },
  {
    says: 'the role of an action elsewhere changes the pipeline',
    who: ({ actionRoles }) => actionRoles,
    actions: [...update, ...steer],
    on: pipeline,
  },
  { says: 'somebody deletes the pipeline', who: roles, actions: 'codepipeline:DeletePipeline', on: pipeline },
  { says: 'a build or function starts, stops or repeats runs', who: workers, actions: steer, on: pipeline },
  {
    says: 'the role of the pipeline starts, stops or repeats runs',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: steer,
    on: pipeline,
  },
  {
    says: 'what starts the pipeline starts another one',
    who: ({ triggerRoles }) => triggerRoles,
    actions: 'codepipeline:StartPipelineExecution',
    on: ({ life }) => [`${life.pipeline.arn}-other`],
  },
  {
    says: 'what starts the pipeline stops, repeats or changes it',
    who: ({ triggerRoles }) => triggerRoles,
    actions: [...steer.slice(1), ...update],
    on: pipeline,
  },
  { says: 'a stranger starts or changes the pipeline', who: stranger, actions: [...steer, ...update], on: pipeline },
  { says: 'a step approves its own change', who: ({ steps }) => steps, actions: approve, on: approvals },
  { says: 'the build approves its own change', who: ({ build }) => build, actions: approve, on: approvals },
  { says: 'a publisher approves', who: ({ publishers }) => publishers, actions: approve, on: approvals },
  { says: 'the update of the pipeline approves', who: ({ updaters }) => updaters, actions: approve, on: approvals },
  {
    says: 'the role of the pipeline approves',
    who: ({ life }) => [life.pipeline.roleArn],
    actions: approve,
    on: approvals,
  },
  { says: 'the function of a lambda step approves', who: ({ handlers }) => handlers, actions: approve, on: approvals },
  {
    says: 'the function that reads change sets approves',
    who: ({ reviewers }) => reviewers,
    actions: approve,
    on: approvals,
  },
  {
    says: 'a function that passes approvals gives another one',
    who: ({ passers }) => passers,
    actions: approve,
    on: notItsOwn,
  },
  {
    says: 'the function of a window gives another approval',
    who: ({ windows }) => windows,
    actions: approve,
    on: notItsOwn,
  },
  {
    says: 'the function that passes approvals reads change sets',
    who: ({ passers }) => passers,
    actions: ['sts:AssumeRole'],
    on: (world) => [...world.bootstrapRoles('lookup'), ...world.bootstrapRoles('deploy')],
  },
  {
    says: 'a schedule or rule approves',
    who: ({ scheduleRoles, triggerRoles }) => [...scheduleRoles, ...triggerRoles],
    actions: approve,
    on: approvals,
  },
  { says: 'a deploy role approves', who: (world) => world.bootstrapRoles('deploy'), actions: approve, on: approvals },
  {
    says: 'a build answers the job of a function',
    who: projects,
    actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
    on: () => ['*'],
  },
  {
    says: 'a build takes jobs',
    who: projects,
    actions: ['codepipeline:PollForJobs', 'codepipeline:AcknowledgeJob', 'codepipeline:PollForThirdPartyJobs'],
    on: () => ['*'],
  },
  { says: 'a build or function calls a function', who: workers, actions: 'lambda:InvokeFunction', on: allFunctions },
  {
    says: "the role of an action elsewhere calls another's function",
    who: ({ actionRoles }) => actionRoles,
    actions: 'lambda:InvokeFunction',
    on: (world, self) => notNamed(allFunctions(world), world, self),
  },
  {
    says: 'a schedule calls a function other than its own',
    who: ({ scheduleRoles }) => scheduleRoles,
    actions: 'lambda:InvokeFunction',
    on: (world, self) => notNamed(allFunctions(world), world, self),
  },
  {
    says: 'somebody changes the code of a function, or who may call it',
    who: roles,
    actions: [
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:AddPermission',
      'lambda:DeleteFunction',
    ],
    on: allFunctions,
  },
  {
    says: 'a rule of somebody else calls the function of a window',
    who: () => [{ service: 'events.amazonaws.com' }],
    actions: 'lambda:InvokeFunction',
    on: allFunctions,
    with: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:999999999999:rule/x', 'aws:SourceAccount': '999999999999' },
  },
];
