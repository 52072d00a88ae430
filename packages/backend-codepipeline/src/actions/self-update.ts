/** Renders the build that updates the pipeline to the definition that was just built. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UpdateNode } from '@cdkpipe/core';
import { limits } from '../aws/limits.ts';
import { drawProject } from '../codebuild/draw-project.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { assemblyArtifact, updateRolesFile, updateStackName } from '../names/names.ts';
import { findQualifier, rolesToDeploy } from '../stacks/bootstrap-roles.ts';
import { installTool } from '../tools/install-tool.ts';
import { type CheckedEnvironment, checkRolesCommand } from './check-roles-command.ts';
import { updatingCli } from './updating-cli.ts';
import { idleWait, waitForIdleCommand } from './wait-for-idle.ts';

/** Minutes that CodeBuild gives a build by default. */
const defaultTimeout = 60;
// The cdk command takes each variable that begins with CDK for an option (`yargs.env("CDK")` in aws-cdk) and warns of those it
// does not know, so it gets none of this project's.
const withoutOwnVariables = String.raw`env $(env | sed -n 's/^\(CDKPIPE_[A-Z0-9_]*\)=.*/-u \1/p')`;
const deploy = (stack: string) =>
  `${withoutOwnVariables} cdk --app . deploy "${stack}" --require-approval never --progress events --ci`;

/**
 * The assembly has the file where the pipeline has support stacks; then the role is updated first, so that it may deploy
 * those that are new. The commands are those of the deployed version, the file is of the version to come.
 */
const onlyWithSupport = (command: string) => `if [ -f "$CDKPIPE_ROLES" ]; then ${command}; fi`;

/**
 * Deploys the pipeline's stack and, as it depends on them, the support stacks: so it is rendered when those are known.
 * Where the pipeline changes, CloudFormation starts it again.
 */
export function drawSelfUpdate(drawing: Drawing, node: UpdateNode): ActionDeclaration {
  const { cdk, context, home, plan, stack, stacks } = drawing;
  const { all, selfUpdate } = context.options.codeBuildDefaults ?? {};
  const docker = selfUpdate?.privileged ?? all?.privileged ?? false;
  const roles = (each: typeof stack) => rolesToDeploy(cdk, each, { docker });
  writeRoles(drawing, docker);
  const tool = installTool('aws-cdk', updatingCli(context), 'CDKPIPE_TOOL');
  const variables = {
    CDKPIPE_STACK: stack.stackName,
    CDKPIPE_UPDATE_STACK: updateStackName(plan.pipeline.name),
    CDKPIPE_ROLES: updateRolesFile,
    CDKPIPE_ACCOUNT: home.account,
    CDKPIPE_PARTITION: cdk.partition,
  };
  // A role of the author's has whatever policies the author gives it; nothing is rendered that would update it.
  const rendersRole = context.options.existing.projectRoles?.selfUpdate === undefined;
  const { update } = context.options;
  const wait = update && idleWait(update.waitForIdle, { ...drawing.placeOf(node), region: drawing.home.region });
  const timeout = selfUpdate?.timeout ?? all?.timeout ?? defaultTimeout;
  const work = {
    nodeId: node.id,
    layer: 'selfUpdate' as const,
    description: `Updates the pipeline ${plan.pipeline.name}`,
    category: 'Build' as const,
    isGate: false,
    setup: [tool.command],
    installCommands: [],
    commands: [
      // First: where it fails, CodeBuild runs no other command of the phase, so nothing is changed.
      ...(wait ? [waitForIdleCommand()] : []),
      ...(rendersRole ? [onlyWithSupport(`${deploy('$CDKPIPE_UPDATE_STACK')} --exclusively`)] : []),
      onlyWithSupport(checkRolesCommand()),
      deploy('$CDKPIPE_STACK'),
    ],
    variables: [
      ...tool.variables,
      ...Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
      ...(wait?.variables ?? []),
    ],
    ...(update ? { timeout: Math.min(timeout + update.waitForIdle, limits.buildTimeout.max) } : {}),
    resolvedVariables: {},
    exports: [],
    inputs: [assemblyArtifact] as const,
    grants: [],
    earlyGrants: [
      {
        actions: ['sts:AssumeRole'],
        resources: [...stacks.support(), stack].flatMap(roles),
        reason: "deploy the pipeline's own stacks as their bootstrap roles",
      },
      ...(wait?.grants ?? []),
    ],
    statements: [],
    restartsPipeline: false,
  };
  const place = { path: node.path, node: node.id };
  return drawProject(drawing, drawing.scopeOf(node.id, home), work, place);
}

/** Lists the roles in the assembly, so that the deployed version of the update tries those of the version to come. */
function writeRoles({ cdk, context, stacks }: Drawing, docker: boolean): void {
  const support = stacks.support();
  if (support.length === 0) return;
  const environments = support.map((stack): CheckedEnvironment => {
    const qualifier = findQualifier(cdk, stack);
    const names = rolesToDeploy(cdk, stack, { docker }).map((arn) => arn.slice(arn.indexOf('/') + 1));
    return { account: stack.account, region: stack.region, ...(qualifier ? { qualifier } : {}), roles: names };
  });
  const path = join(context.app.outdir, updateRolesFile);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(environments)}\n`);
}
