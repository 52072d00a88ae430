/** What CodeBuild actions of other accounts cannot hand back, in the pipeline as it was emitted. */
import type { Problem } from '@cdkpipe/core';
import { findAccountOfRole } from '../iam/arns.ts';
import { outputAcrossAccounts } from '../problems/environments.ts';
import { variablesAcrossAccounts } from '../problems/values.ts';
import type { EmittedAction, EmittedPipeline } from './read-template.ts';
import { nameOfAction } from './read-template.ts';

/** @param home account of the pipeline */
export function checkAccounts({ stages }: EmittedPipeline, home: string): Problem[] {
  return stages.flatMap(({ actions }) => actions.flatMap((action) => checkAction(action, home)));
}

function checkAction(action: EmittedAction, home: string): Problem[] {
  const account = findAccountOfRole(action.roleArn) ?? home;
  if (action.provider !== 'CodeBuild' || account === home) return [];
  const place = { node: nameOfAction(action) };
  return [
    ...action.outputs.map((artifact) => outputAcrossAccounts(artifact, account, place)),
    ...(action.namespace === undefined ? [] : [variablesAcrossAccounts(action.namespace, account, place)]),
  ];
}
