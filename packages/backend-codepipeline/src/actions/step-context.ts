/** What a renderer is given to draw one step with. */
import { isSameEnvironment, refused } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import type { CodePipelineContext, Grant } from '../contract.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { runInElsewhere } from '../problems.ts';
import type { Drawing } from '../render/drawing.ts';
import { actionText } from '../text.ts';
import { drawCommands } from './commands.ts';
import { outputVariable } from './output-variable.ts';
import type { StepNode } from './step-node.ts';

export function stepContext(drawing: Drawing, node: StepNode): CodePipelineContext {
  const { cdk, context, home, plan } = drawing;
  const place = { path: node.path, node: node.id };
  const runIn = 'step' in node ? node.step.runIn : undefined;
  return {
    node,
    cdk: context.cdk,
    pipelineEnv: home,
    projectDirectory: context.projectDirectory,
    scopeIn: (env) => drawing.scopeOf(node.id, env),
    output: (reference) => outputVariable(plan, node, reference),
    text: (text, option) => actionText(text, option, place),
    codeBuild: (spec) => {
      if (runIn && !isSameEnvironment(runIn, home)) throw refused([runInElsewhere(place)]);
      return drawCommands(drawing, node, spec);
    },
    serviceRole: (scope: Construct, id: string, service: string, grants: readonly Grant[]) => {
      const statements = statementsOf(grants);
      const description = `Works for "${node.id}"`;
      const { account } = cdk.core.Stack.of(scope);
      const role = drawRole(cdk, scope, id, { service, account, description, statements });
      return { arn: role.attrArn };
    },
  };
}
