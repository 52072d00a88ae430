/** What CodeBuild and the commands of a build call with the role of the project. */
import type { DeployedResource, Env, Json } from '../cloud/template.test.fixture.ts';
import { allKeyActions, keyRows, readRows, type Store, storeIn, writeRows } from './artifacts.test.fixture.ts';
import { buildSettingRows } from './build-settings.test.fixture.ts';
import { assumedBy, assumes, callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';

export interface BuildRun {
  readonly action: Json;
  readonly project: DeployedResource;
  readonly env: Env;
}

export function buildCalls({ action, project, env }: BuildRun, life: Life): LifeCall[] {
  const { ServiceRole: role } = project.properties;
  const store = storeIn(life, env.region);
  const rows: Row[] = [
    ...namesOf(action.InputArtifacts).flatMap((artifact) => inputRows(life, store, env, artifact)),
    ...namesOf(action.OutputArtifacts).flatMap((artifact) =>
      outputRows(life, store, project.properties.EncryptionKey, artifact),
    ),
    ...cloneRows(action, life),
    ...waitRows(project, life),
    ...buildSettingRows(project, env, life.cloud),
  ];
  return [
    ...assumedBy('codebuild.amazonaws.com', role, {
      sourceArn: project.names.arn ?? '',
      source: 'buildTrust',
      sendsKeys: true,
    }),
    ...callsOf(`the build of ${action.Name}`, { role }, rows),
    ...lookUpCalls(`the build of ${action.Name}`, role, { project, life }),
  ];
}

function namesOf(artifacts: Json[] = []): string[] {
  return artifacts.map(({ Name }) => Name);
}

/** AWS lists `DescribeKey` for keys of the account; an object that S3 decrypts needs no more than `Decrypt`. */
function inputRows(life: Life, store: Store, { account }: Env, artifact: string): Row[] {
  const describe = account === life.home.account ? keyRows(life.cloud, store, ['kms:DescribeKey'], 'buildKey') : [];
  return [...readRows(life, store, artifact), ...describe, findBucket(store)];
}

function findBucket({ bucketArn }: Store): Row {
  return { actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'], on: bucketArn, source: 'buildRole' };
}

/** CodeBuild encrypts what it puts out with the key of the project. */
function outputRows(life: Life, store: Store, key: string | undefined, artifact: string): Row[] {
  const named = key === undefined ? store : { ...store, keyName: key };
  return [
    ...writeRows(life, named, artifact),
    ...keyRows(life.cloud, named, allKeyActions, 'buildKey'),
    findBucket(store),
  ];
}

/** A source that hands on a reference is cloned by the build. */
function cloneRows(action: Json, { pipeline, home }: Life): Row[] {
  const inputs: string[] = (action.InputArtifacts ?? []).map(({ Name }: Json) => Name);
  const sources: Json[] = pipeline.properties.Stages[0].Actions.filter(
    ({ Configuration, OutputArtifacts }: Json) =>
      Configuration.OutputArtifactFormat === 'CODEBUILD_CLONE_REF' && inputs.includes(OutputArtifacts[0].Name),
  );
  return sources.map(({ ActionTypeId: { Provider }, Configuration }) =>
    Provider === 'CodeCommit'
      ? {
          actions: 'codecommit:GitPull',
          on: `arn:aws:codecommit:${home.region}:${home.account}:${Configuration.RepositoryName}`,
          source: 'codeCommitAction',
        }
      : {
          actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
          on: Configuration.ConnectionArn,
          source: 'connectionAction',
        },
  );
}

/** In another account the build assumes a role beside the pipeline for it. */
function lookUpCalls(
  says: string,
  role: string,
  { project, life }: { project: DeployedResource; life: Life },
): LifeCall[] {
  const variables: Json[] = project.properties.Environment.EnvironmentVariables ?? [];
  const asked = variables.find(({ Name }) => Name === 'CDKPIPE_VALUE_ROLE')?.Value;
  return [
    ...(asked === undefined ? [] : assumes(role, asked, 'codePipelineActions')),
    ...callsOf(says, { role: asked ?? role }, lookUpRows(project, life)),
  ];
}

/** The command that asks CodePipeline for values: of actions, and of runs where one is from another stage or of the run. */
function lookUpRows({ properties }: DeployedResource, { pipeline }: Life): Row[] {
  const variables: Json[] = properties.Environment.EnvironmentVariables ?? [];
  const wanted: Json[] = JSON.parse(variables.find(({ Name }) => Name === 'CDKPIPE_VALUES')?.Value ?? '[]');
  const row = (action: string): Row => ({ actions: action, on: pipeline.arn, source: 'codePipelineActions' });
  // A run that rolls back takes values of other stages from the run that it goes back to.
  const stages = new Set(wanted.map(({ stage }) => stage));
  return [
    ...(wanted.some(({ stage }) => stage !== undefined) ? [row('codepipeline:ListActionExecutions')] : []),
    ...(stages.has(undefined) || isReadElsewhere(properties, stages, pipeline.properties)
      ? [row('codepipeline:GetPipelineExecution')]
      : []),
  ];
}

/** The update asks which runs are in later stages, where it is to wait for them. */
function waitRows({ properties }: DeployedResource, { pipeline }: Life): Row[] {
  const variables: Json[] = properties.Environment.EnvironmentVariables ?? [];
  if (!variables.some(({ Name }) => Name === 'CDKPIPE_WAIT')) return [];
  return [{ actions: 'codepipeline:GetPipelineState', on: pipeline.arn, source: 'codePipelineActions' }];
}

function isReadElsewhere({ Name }: Json, stages: ReadonlySet<string>, pipeline: Json): boolean {
  const own = pipeline.Stages.filter(({ Actions }: Json) =>
    Actions.some(({ Configuration }: Json) => Configuration?.ProjectName === Name),
  ).map((stage: Json) => stage.Name);
  return stages.size > 0 && own.some((stage: string) => [...stages].some((read) => read !== stage));
}
