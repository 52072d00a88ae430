/** Draws a CodeBuild project and the action that starts it. */
import { createHash } from 'node:crypto';
import { type Environment, isSameEnvironment, refused, refuseIfAny } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import { fileSystemLocations } from '../aws/file-systems.ts';
import { limits } from '../aws/limits.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing, DrawnProject } from '../drawing/drawing.ts';
import { workIn } from '../environments/work-in.ts';
import { acknowledge } from '../iam/explain.ts';
import { physicalName, projectName } from '../names/names.ts';
import { dockerCredentialUnused } from '../problems/builds.ts';
import { outsideLimit } from '../problems/limits.ts';
import type { Place } from '../problems/place.ts';
import { environmentTooLong } from '../problems/texts.ts';
import { createAfter } from '../stacks/dependencies.ts';
import { findTool } from '../tools/tool-versions.ts';
import { cacheProperty } from './build-cache.ts';
import { imageProperty } from './build-image.ts';
import { drawLogs } from './build-logs.ts';
import { buildSpec } from './build-spec.ts';
import type { BuildWork } from './build-work.ts';
import { checkWork } from './check-work.ts';
import { findUnused, logIn } from './log-in.ts';
import { projectArn, projectRole } from './project-role.ts';
import { settleWork } from './settle-work.ts';
import { longestDescription, shareProject } from './share-project.ts';

const withoutKey =
  'what a project puts out is encrypted with the key of its bucket; in another account it puts out nothing';

/** @param asked what the project is to do, before the defaults of `codeBuildDefaults` */
export function drawProject(drawing: Drawing, scope: Construct, asked: BuildWork, place: Place): ActionDeclaration {
  const work = finishWork(drawing, asked, place);
  if (work.inputs.length > limits.buildInputs.max)
    throw refused([outsideLimit(limits.buildInputs, `"${work.nodeId}"`, work.inputs.length, place)]);
  const { cdk, home } = drawing;
  const env = work.runIn ?? home;
  const { key, ...shape } = projectShape(work, drawing);
  const { project, name, arn } = shareProject(drawing.projects, cdk.core.Stack.of(scope), work, () =>
    makeProject(drawing, scope, { work, env, shape, key, place }),
  );
  return {
    category: work.category,
    provider: 'CodeBuild',
    configuration: {
      // Of another stack the name is all there is.
      ProjectName: isSameEnvironment(env, home) ? project.ref : name,
      ...(work.inputs.length > 1 ? { PrimarySource: work.inputs[0] } : {}),
      ...actionEnvironment(work, shape, place),
    },
    inputs: work.inputs,
    ...(work.outputs ? { outputs: work.outputs.map(({ artifact }) => artifact) } : {}),
    ...(work.exports.length > 0 ? { variables: work.exports } : {}),
    ...workIn(drawing, env, {
      nodeId: work.nodeId,
      place,
      grants: [
        {
          actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
          // Written out: what many projects' ARNs add up to decides how the role's policies are split.
          resources: [arn],
          reason: 'run its own projects',
        },
      ],
      reads: [],
    }),
  };
}

interface ProjectToMake {
  readonly work: BuildWork;
  readonly env: Environment;
  readonly shape: Omit<ReturnType<typeof projectShape>, 'key'>;
  readonly key: string | undefined;
  readonly place: Place;
}

function makeProject(
  drawing: Drawing,
  scope: Construct,
  { work, env, shape, key, place }: ProjectToMake,
): DrawnProject {
  const { cdk } = drawing;
  const name = nameProject(drawing, work.nodeId, env);
  const logs = drawLogs({ cdk, scope, env, project: name }, work.logging);
  const role = projectRole(drawing, scope, { name, logGrants: logs.grants, env, work, place });
  const project = new cdk.codebuild.CfnProject(scope, 'Project', {
    ...shape,
    ...(key === undefined ? {} : { encryptionKey: key }),
    name,
    logsConfig: logs.property,
    serviceRole: role.arn,
  });
  for (const policy of role.attached ?? []) createAfter(project, policy);
  if (key === undefined) acknowledge(project, 'AwsSolutions-CB4', withoutKey);
  return { project, name, arn: projectArn(drawing, env, name) };
}

function finishWork({ cdk, context, home }: Drawing, asked: BuildWork, place: Place): BuildWork {
  const { codeBuildDefaults, dockerCredentials } = context.options;
  const settled = settleWork(asked, codeBuildDefaults, home);
  refuseIfAny([
    ...checkWork(asked, settled, place),
    ...findUnused(settled, dockerCredentials).map(() => dockerCredentialUnused(settled.layer, place)),
  ]);
  const tool = findTool('cdk-assets', context.projectDirectory);
  return logIn(settled, dockerCredentials, { cdk, env: home, tool });
}

/** Fixed, so that roles and log groups can be named exactly. */
function nameProject({ home, plan }: Drawing, nodeId: string, env: Environment): string {
  const { name } = plan.pipeline;
  return isSameEnvironment(env, home)
    ? projectName(name, nodeId)
    : physicalName(name, home, { nodeId, env, id: 'Project' });
}

function projectShape(work: BuildWork, { home, stores }: Drawing) {
  const { account, region } = work.runIn ?? home;
  return {
    // It encrypts outputs, of which a project in another account has none.
    key: account === home.account ? stores.in(region).keyId : undefined,
    description: work.description.slice(0, longestDescription),
    artifacts: { type: 'CODEPIPELINE' },
    source: { type: 'CODEPIPELINE', buildSpec: buildSpec(work) },
    environment: {
      ...imageProperty(work.image, work.computeType),
      privilegedMode: work.privileged || mountsFileSystems(work),
      environmentVariables: [...work.variables],
    },
    ...(work.timeout === undefined ? {} : { timeoutInMinutes: work.timeout }),
    ...(work.cache ? { cache: cacheProperty(work.cache) } : {}),
    ...(work.fileSystems ? { fileSystemLocations: fileSystemLocations(work.fileSystems, region) } : {}),
    ...(work.vpc
      ? {
          vpcConfig: {
            vpcId: work.vpc.vpcId,
            subnets: [...work.vpc.subnetIds],
            securityGroupIds: [...work.vpc.securityGroupIds],
          },
        }
      : {}),
  };
}

/**
 * AWS's instructions for EFS select privileged mode, and no page says that it can be mounted without:
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-efs.html
 */
function mountsFileSystems({ fileSystems = [] }: BuildWork): boolean {
  return fileSystems.length > 0;
}

/**
 * Variables that CodePipeline resolves, and, for what ran before the pipeline updated itself, a hash of the project: a
 * changed project then changes the pipeline, which starts anew and runs it.
 */
function actionEnvironment(work: BuildWork, shape: unknown, place: Place): { EnvironmentVariables?: string } {
  const values = { ...work.resolvedVariables, ...(work.restartsPipeline ? { CDKPIPE_PROJECT: hash(shape) } : {}) };
  const variables = Object.entries(values).map(([name, value]) => ({ name, type: 'PLAINTEXT', value }));
  if (variables.length === 0) return {};
  const text = JSON.stringify(variables);
  const { max } = limits.configurationValue;
  if (text.length > max)
    throw refused([environmentTooLong(text.length, max, Object.keys(work.resolvedVariables), place)]);
  return { EnvironmentVariables: text };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
