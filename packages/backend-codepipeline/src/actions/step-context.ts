/** What a renderer is given to draw one step with. */
import { type Environment, findStep, isSameEnvironment, type ValueReference } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import type { Artifacts } from '../artifacts/artifact-objects.ts';
import type { CodePipelineContext, ReadsInputs, ServiceRoleOptions } from '../contract/context.ts';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { StepNode } from '../drawing/step-node.ts';
import { findRoleName, readInputs } from '../environments/read-inputs.ts';
import { workIn } from '../environments/work-in.ts';
import { drawFunction } from '../functions/draw-function.ts';
import { invokeFunction } from '../functions/invoke-function.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { physicalName } from '../names/names.ts';
import { reviewedChanges } from '../reviews/reviewed-changes.ts';
import { tellPeople } from '../topics/tell-people.ts';
import { findOrigin } from '../values/find-origin.ts';
import { mayHoldQuotes } from '../values/plain-values.ts';
import { actionText } from '../values/text.ts';
import { drawCommands } from './commands.ts';

export function stepContext(drawing: Drawing, node: StepNode): CodePipelineContext {
  const { cdk, context, home, plan, reads } = drawing;
  const place = { path: node.path, node: node.id };
  const value = (reference: ValueReference) => reads.textOf(findOrigin(plan, node, reference), node);
  const env = findStep(node)?.runIn ?? home;
  const work: CodePipelineContext['workIn'] = (where, grants, { readsInputs = false } = {}) =>
    workIn(drawing, where, { nodeId: node.id, place, grants, reads: artifactsOf(readsInputs) });
  const nameIn = (id: string, where: Environment) =>
    physicalName(plan.pipeline.name, home, { nodeId: node.id, env: where, id });
  return {
    node,
    cdk: context.cdk,
    pipelineEnv: home,
    env,
    partition: cdk.partition,
    action: drawing.placeOf(node),
    projectDirectory: context.projectDirectory,
    scopeIn: (where) => drawing.scopeOf(node.id, where),
    workIn: work,
    physicalName: nameIn,
    value,
    output: value,
    mayHoldQuotes,
    ...(node.type === 'review' ? { changes: reviewedChanges(drawing, node) } : {}),
    tell: (people) => tellPeople(drawing, node, people),
    text: (text, option) => actionText(text, option, place),
    codeBuild: (spec) => drawCommands(drawing, node, spec),
    makeFunction: (spec) => {
      const name = isSameEnvironment(env, home) ? {} : { name: nameIn('Function', env) };
      return drawFunction(cdk, drawing.scopeOf(node.id, env), { ...spec, ...name, purpose: purposeOf(node) });
    },
    invoke(called, userParameters) {
      const { grants, ...action } = invokeFunction(called, userParameters);
      return { ...action, ...work(env, grants) };
    },
    serviceRole: (scope, id, service, grants, options = {}) => ({
      arn: drawServiceRole(drawing, node, scope, { id, service, grants, ...options }),
    }),
  };
}

function artifactsOf(readsInputs: ReadsInputs['readsInputs'] = false): Artifacts {
  if (typeof readsInputs !== 'boolean') return readsInputs;
  return readsInputs ? 'all' : [];
}

function purposeOf({ id }: StepNode): string {
  return `Works for "${id}"`;
}

interface ServiceRole extends ServiceRoleOptions {
  readonly id: string;
  readonly service: string;
  readonly grants: readonly Grant[];
}

function drawServiceRole(drawing: Drawing, node: StepNode, scope: Construct, role: ServiceRole): string {
  const { cdk } = drawing;
  const { account, region } = cdk.core.Stack.of(scope);
  const { id, service, grants } = role;
  const artifacts = artifactsOf(role.readsInputs);
  // A name is fixed only where something elsewhere has to say it.
  const name = artifacts.length > 0 ? findRoleName(drawing, node.id, { account, region }, id) : undefined;
  const place = { path: node.path, node: node.id };
  const env = { account, region };
  const inputs = artifacts.length > 0 ? readInputs(drawing, { env, roleName: name, artifacts, place }) : [];
  return drawRole(cdk, scope, id, {
    ...(name === undefined ? {} : { name }),
    service,
    account,
    ...(role.sourceArn === undefined ? {} : { sourceArn: role.sourceArn }),
    description: purposeOf(node),
    statements: statementsOf([...grants, ...inputs]),
  }).attrArn;
}
