/** Draws the pipeline itself from its finished actions, and its role from what they need. */
import type { PipelineVariable, PlanNode } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { readWriteGrants } from '../artifacts/artifact-grants.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { ActionDeclaration } from '../contract.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { namespaceOf, pipelineRoleName } from '../names/names.ts';
import { gitTriggers } from '../sources/git-triggers.ts';
import { layOutStages } from '../stages/lay-out-stages.ts';
import type { VariableReads } from '../values/variable-reads.ts';
import type { Drawing } from './drawing.ts';

/** The action of every node, by the node's ID. */
export type DrawnActions = ReadonlyMap<string, ActionDeclaration>;

export function drawPipeline(drawing: Drawing, actions: DrawnActions): CfnPipeline {
  const { cdk, context, plan, stack, stores, reads } = drawing;
  const property = (node: PlanNode, runOrder: number) => {
    const action = actions.get(node.id);
    return action ? [actionProperty(node, runOrder, action, reads)] : [];
  };
  const triggers = plan.nodes.flatMap((node) => (node.type === 'source' ? gitTriggers(node) : []));
  return new cdk.codepipeline.CfnPipeline(stack, 'Pipeline', {
    name: plan.pipeline.name,
    pipelineType: 'V2',
    executionMode: context.options.executionMode,
    restartExecutionOnUpdate: true,
    roleArn: drawPipelineRole(drawing, actions),
    ...artifactStores(stores.all()),
    ...(triggers.length > 0 ? { triggers } : {}),
    ...(plan.pipeline.variables ? { variables: plan.pipeline.variables.map(variableProperty) } : {}),
    stages: layOutStages(plan, context.options).map(({ name, actions: placed, rollback }) => ({
      name,
      actions: placed.flatMap(({ node, runOrder }) => property(node, runOrder)),
      ...(rollback ? { onFailure: { result: 'ROLLBACK' } } : {}),
    })),
  });
}

function variableProperty(variable: PipelineVariable): CfnPipeline.VariableDeclarationProperty {
  const { name, default: defaultValue, description } = variable;
  return {
    name,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(description === undefined ? {} : { description }),
  };
}

function actionProperty(
  node: PlanNode,
  runOrder: number,
  action: ActionDeclaration,
  reads: VariableReads,
): CfnPipeline.ActionDeclarationProperty {
  const { category, owner = 'AWS', provider, version = '1', inputs, outputs, timeout, region, roleArn } = action;
  return {
    name: node.name,
    actionTypeId: { category, owner, provider, version },
    configuration: action.configuration,
    runOrder,
    ...(inputs?.length ? { inputArtifacts: inputs.map((name) => ({ name })) } : {}),
    ...(outputs?.length ? { outputArtifacts: outputs.map((name) => ({ name })) } : {}),
    ...(reads.isRead(node) ? { namespace: namespaceOf(node.id) } : {}),
    ...(region === undefined ? {} : { region }),
    ...(roleArn === undefined ? {} : { roleArn: roleArn as string }),
    ...(timeout === undefined ? {} : { timeoutInMinutes: timeout }),
  };
}

function artifactStores(stores: readonly ArtifactStore[]) {
  const property = ({ bucketName, keyId }: ArtifactStore): CfnPipeline.ArtifactStoreProperty => ({
    type: 'S3',
    location: bucketName,
    ...(keyId === undefined ? {} : { encryptionKey: { type: 'KMS', id: keyId } }),
  });
  const [first, ...more] = stores;
  if (first && more.length === 0) return { artifactStore: property(first) };
  return { artifactStores: stores.map((store) => ({ region: store.region, artifactStore: property(store) })) };
}

function drawPipelineRole({ cdk, home, pipelineArn, plan, stack, stores }: Drawing, actions: DrawnActions): string {
  const grants = [
    ...stores.all().flatMap(readWriteGrants),
    ...[...actions.values()].flatMap((action) => action.grants ?? []),
  ];
  const { attrArn } = drawRole(cdk, stack, 'Role', {
    name: pipelineRoleName(plan.pipeline.name, home),
    service: 'codepipeline.amazonaws.com',
    account: home.account,
    sourceArn: pipelineArn,
    description: `Runs the pipeline ${plan.pipeline.name}`,
    statements: statementsOf(grants),
  });
  // CodeConnections hands what it fetched over to the owner of the bucket.
  const connects = plan.nodes.some((node) => node.type === 'source' && node.source.type === 'connection');
  stores.home.addWriter(attrArn, connects ? ['s3:PutObjectAcl'] : []);
  return attrArn;
}
