/** What an action cannot do because of where it works. */
import { type PlanNode, refuseIfAny } from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { findAccountOfRole } from '../iam/arns.ts';
import { outputAcrossAccounts } from '../problems/environments.ts';
import { sourceElsewhere } from '../problems/sources.ts';

export function checkLocation({ home }: Drawing, node: PlanNode, action: ActionDeclaration): void {
  const place = { path: node.path, node: node.id };
  const { category, provider, region = home.region, outputs = [] } = action;
  const account = findAccountOfRole(action.roleArn) ?? home.account;
  refuseIfAny([
    ...(category === 'Source' && region !== home.region ? [sourceElsewhere(region, place)] : []),
    ...(provider === 'CodeBuild' && account !== home.account
      ? outputs.map((artifact) => outputAcrossAccounts(artifact, account, place))
      : []),
  ]);
}
