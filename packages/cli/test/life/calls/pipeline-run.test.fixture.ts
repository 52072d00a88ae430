/** What is called while a run goes through the stages of a pipeline, in order. */
import type { DeployedResource, Env, Json } from '../cloud/template.test.fixture.ts';
import { allKeyActions, keyRows, readRows, storeIn, writeRows } from './artifacts.test.fixture.ts';
import { buildCalls } from './builds.test.fixture.ts';
import { deployCalls } from './deploy-actions.test.fixture.ts';
import { bakeCalls, functionCalls, jobCalls, requestCalls } from './functions.test.fixture.ts';
import { assumedBy, assumes, callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';
import { publisherCalls } from './publishing.test.fixture.ts';
import { sourceCalls } from './source-actions.test.fixture.ts';
import { publishRows } from './topics.test.fixture.ts';

/** Before any action: CodePipeline takes on the role, looks for its buckets, and copies artifacts between them. */
export function startCalls(life: Life): LifeCall[] {
  const { pipeline, home } = life;
  const regions: string[] = (pipeline.properties.ArtifactStores ?? [{ Region: home.region }]).map(
    ({ Region }: Json) => Region,
  );
  const rows = regions.flatMap((region): Row[] => {
    const store = storeIn(life, region);
    const find = ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'];
    return [
      { actions: find, on: store.bucketArn, source: 'rolePolicy' },
      ...artifactsOf(pipeline.properties).flatMap((artifact) => [
        ...readRows(life, store, artifact),
        ...writeRows(life, store, artifact),
      ]),
      ...keyRows(life.cloud, store, allKeyActions, 'crossAccount'),
    ];
  });
  return [
    ...assumedBy('codepipeline.amazonaws.com', pipeline.roleArn, {
      sourceArn: pipeline.arn,
      source: 'serviceRole',
      sendsKeys: false,
    }),
    ...callsOf('the pipeline uses its artifact stores', { role: pipeline.roleArn }, rows),
  ];
}

function artifactsOf({ Stages }: Json): string[] {
  const actions: Json[] = Stages.flatMap(({ Actions }: Json) => Actions);
  return actions.flatMap(({ OutputArtifacts = [] }) => OutputArtifacts.map(({ Name }: Json) => Name));
}

export function stageCalls(stage: Json, life: Life): LifeCall[] {
  return stage.Actions.flatMap((action: Json) => actionCalls(action, life));
}

function actionCalls(action: Json, life: Life): LifeCall[] {
  const { pipeline, home } = life;
  const role: string = action.RoleArn ?? pipeline.roleArn;
  const env: Env = { account: role.split(':')[4] ?? '', region: action.Region ?? home.region };
  const taken = action.RoleArn === undefined ? [] : assumes(pipeline.roleArn, action.RoleArn, 'crossAccount');
  return [...taken, ...providerCalls(action, role, env, life)];
}

function providerCalls(action: Json, role: string, env: Env, life: Life): LifeCall[] {
  const { Category, Provider } = action.ActionTypeId;
  if (Category === 'Source') return sourceCalls(action, life);
  switch (Provider) {
    case 'CloudFormation':
      return deployCalls(action, role, env, life);
    case 'CodeBuild':
      return codeBuildCalls(action, role, env, life);
    case 'Lambda':
      return lambdaCalls(action, role, env, life);
    case 'Manual':
      return approvalCalls(action, life);
    default:
      throw new Error(`what CodePipeline calls for ${Provider} is not known here`);
  }
}

function codeBuildCalls(action: Json, role: string, env: Env, life: Life): LifeCall[] {
  const arn = `arn:aws:codebuild:${env.region}:${env.account}:project/${action.Configuration.ProjectName}`;
  const actions = ['codebuild:StartBuild', 'codebuild:BatchGetBuilds', 'codebuild:StopBuild'];
  const project = life.cloud.findByArn('AWS::CodeBuild::Project', arn);
  return [
    ...callsOf(`the action ${action.Name} runs its build`, { role }, [{ actions, on: arn, source: 'codeBuildAction' }]),
    ...(project ? ofProject(action, project, env, life) : missing(arn)),
  ];
}

function ofProject(action: Json, project: DeployedResource, env: Env, life: Life): LifeCall[] {
  return [...buildCalls({ action, project, env }, life), ...publisherCalls(action, project, life)];
}

function lambdaCalls(action: Json, role: string, env: Env, life: Life): LifeCall[] {
  const { FunctionName, UserParameters } = action.Configuration;
  const arn = `arn:aws:lambda:${env.region}:${env.account}:function:${FunctionName}`;
  const fn = life.cloud.findByArn('AWS::Lambda::Function', arn);
  const invoke = callsOf(`the action ${action.Name} calls its function`, { role }, [
    { actions: 'lambda:InvokeFunction', on: arn, source: 'lambdaAction' },
    { actions: 'lambda:ListFunctions', on: '*', source: 'rolePolicy' },
  ]);
  // A function that exists has a role of its author's.
  if (!fn) return invoke;
  return [
    ...invoke,
    ...functionCalls(fn, env),
    ...jobCalls(fn),
    ...requestCalls(fn, UserParameters, life),
    ...bakeCalls(fn),
  ];
}

function approvalCalls(action: Json, { pipeline, cloud }: Life): LifeCall[] {
  const topic = action.Configuration?.NotificationArn;
  if (topic === undefined) return [];
  return callsOf(`the approval ${action.Name} notifies people`, { role: pipeline.roleArn }, publishRows(topic, cloud));
}

function missing(arn: string): never {
  throw new Error(`${arn} is not deployed`);
}
