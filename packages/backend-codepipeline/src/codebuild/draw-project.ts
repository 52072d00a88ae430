/** Draws a CodeBuild project with its role, and the action that starts it. */
import { createHash } from 'node:crypto';
import { refused } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import { readGrants, readWriteGrants } from '../artifacts/artifact-grants.ts';
import type { ActionDeclaration } from '../contract.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { limits } from '../limits.ts';
import { projectName } from '../names/names.ts';
import { environmentTooLong, outsideLimit, type Place } from '../problems.ts';
import type { Drawing } from '../render/drawing.ts';
import { cacheGrants, cacheProperty } from './build-cache.ts';
import { buildImage, imageGrants } from './build-image.ts';
import { networkGrants } from './build-network.ts';
import { buildSpec } from './build-spec.ts';
import type { BuildWork } from './build-work.ts';
import { cloneGrants } from './clone-grants.ts';
import { secretGrants } from './secret-grants.ts';

export function drawProject(drawing: Drawing, scope: Construct, work: BuildWork, place: Place): ActionDeclaration {
  if (work.inputs.length > limits.buildInputs.max)
    throw refused([outsideLimit(limits.buildInputs, `"${work.nodeId}"`, work.inputs.length, place)]);
  const { cdk } = drawing;
  const name = projectName(drawing.plan.pipeline.name, work.nodeId);
  const { key, ...shape } = projectShape(work, drawing);
  const project = new cdk.codebuild.CfnProject(scope, 'Project', {
    ...shape,
    ...(key === undefined ? {} : { encryptionKey: key }),
    name,
    serviceRole: drawProjectRole(drawing, scope, name, work),
  });
  return {
    category: work.category,
    provider: 'CodeBuild',
    configuration: {
      ProjectName: project.ref,
      ...(work.inputs.length > 1 ? { PrimarySource: work.inputs[0] } : {}),
      ...actionEnvironment(work, shape, place),
    },
    inputs: work.inputs,
    ...(work.output ? { outputs: [work.output.artifact] } : {}),
    grants: [
      {
        actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
        // Written out: what many projects' ARNs add up to decides how the role's policies are split.
        resources: [projectArn(drawing, name)],
        reason: 'run its own projects',
      },
    ],
  };
}

function projectShape(work: BuildWork, { stores }: Drawing) {
  return {
    key: stores.home.keyId,
    // CodeBuild takes no longer one.
    description: work.description.slice(0, 255),
    artifacts: { type: 'CODEPIPELINE' },
    source: { type: 'CODEPIPELINE', buildSpec: buildSpec(work) },
    environment: {
      ...buildImage(work.image, work.computeType),
      privilegedMode: work.privileged,
      environmentVariables: [...work.variables],
    },
    ...(work.timeout === undefined ? {} : { timeoutInMinutes: work.timeout }),
    ...(work.cache ? { cache: cacheProperty(work.cache) } : {}),
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

function projectArn({ cdk, home }: Drawing, name: string): string {
  return `arn:${cdk.partition}:codebuild:${home.region}:${home.account}:project/${name}`;
}

function drawProjectRole(drawing: Drawing, scope: Construct, name: string, work: BuildWork): string {
  const { cdk, home, stores } = drawing;
  const arn = (service: string, resource: string) =>
    `arn:${cdk.partition}:${service}:${home.region}:${home.account}:${resource}`;
  const logGroup = arn('logs', `log-group:/aws/codebuild/${name}`);
  const grants = [
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup, `${logGroup}:*`],
      reason: 'write its own log',
    },
    ...(work.output ? readWriteGrants : readGrants)(stores.home),
    ...cloneGrants(drawing.plan, work.inputs),
    ...secretGrants(cdk, home, work.variables),
    ...imageGrants(cdk, work.image),
    ...networkGrants(cdk, home, work.vpc),
    ...cacheGrants(cdk, work.cache),
    ...work.grants,
  ];
  return drawRole(cdk, scope, 'Role', {
    service: 'codebuild.amazonaws.com',
    account: home.account,
    sourceArn: projectArn(drawing, name),
    description: work.description,
    statements: [...statementsOf(grants), ...(work.statements ?? [])],
  }).attrArn;
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
