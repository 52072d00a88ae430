/** Draws the pipeline itself from its finished actions, and its role from what they need. */
import type { PipelineVariable } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { readWriteGrants } from '../artifacts/artifact-grants.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing, DrawnActions } from '../drawing/drawing.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { namespaceOf, pipelineRoleName } from '../names/names.ts';
import { passId } from '../reviews/draw-reviews.ts';
import { gitTriggers } from '../sources/git-triggers.ts';
import { isHelper, type LaidAction, passName } from '../stages/expand-plan.ts';
import { layOutStages } from '../stages/lay-out-stages.ts';
import { makePipeline } from './make-pipeline.ts';

export function drawPipeline(drawing: Drawing, actions: DrawnActions): Promise<CfnPipeline> {
  const { context, plan, stores, reads } = drawing;
  const property = (node: LaidAction, runOrder: number) => {
    const action = actions.get(node.id);
    const isRead = isHelper(node) ? node.type === 'report' : reads.isRead(node);
    const pass = node.type === 'review' ? { id: passId(node), name: passName(node) } : undefined;
    const passing = pass && actions.get(pass.id);
    return [
      ...(action ? [actionProperty({ ...node, isRead }, runOrder, action)] : []),
      ...(pass && passing ? [actionProperty({ ...pass, isRead: false }, runOrder, passing)] : []),
    ];
  };
  const triggers = plan.nodes.flatMap((node) => (node.type === 'source' ? gitTriggers(node) : []));
  return makePipeline(drawing, {
    name: plan.pipeline.name,
    pipelineType: 'V2',
    executionMode: context.options.executionMode,
    restartExecutionOnUpdate: true,
    roleArn: pipelineRole(drawing, actions),
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

interface PlacedAction extends Pick<LaidAction, 'id' | 'name'> {
  /** Whether another action reads a variable of it. */
  readonly isRead: boolean;
}

function actionProperty(
  node: PlacedAction,
  runOrder: number,
  action: ActionDeclaration,
): CfnPipeline.ActionDeclarationProperty {
  const { category, owner = 'AWS', provider, version = '1', inputs, outputs, timeout, region, roleArn } = action;
  return {
    name: node.name,
    actionTypeId: { category, owner, provider, version },
    configuration: action.configuration,
    runOrder,
    ...(inputs?.length ? { inputArtifacts: inputs.map((name) => ({ name })) } : {}),
    ...(outputs?.length ? { outputArtifacts: outputs.map((name) => ({ name })) } : {}),
    ...(node.isRead ? { namespace: namespaceOf(node.id) } : {}),
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

/** The role that exists, or the one that is drawn; the policy of a bucket that is drawn names either. */
function pipelineRole(drawing: Drawing, actions: DrawnActions): string {
  const { context, plan, stores } = drawing;
  const arn = context.options.existing.pipelineRole ?? drawPipelineRole(drawing, actions);
  // CodeConnections hands what it fetched over to the owner of the bucket.
  const connects = plan.nodes.some((node) => node.type === 'source' && node.source.type === 'connection');
  stores.home.addWriter(arn, { reads: 'all', writes: 'all', more: connects ? ['s3:PutObjectAcl'] : [] });
  return arn;
}

function drawPipelineRole({ cdk, home, pipelineArn, plan, stack, stores }: Drawing, actions: DrawnActions): string {
  const grants = [
    // AWS's policy for the role of a pipeline has it; that for the role of a build has not.
    ...stores
      .all()
      .flatMap((store) => readWriteGrants(store, { reads: 'all', writes: 'all' }, ['s3:GetBucketVersioning'])),
    ...[...actions.values()].flatMap((action) => action.grants ?? []),
  ];
  return drawRole(cdk, stack, 'Role', {
    name: pipelineRoleName(plan.pipeline.name, home),
    service: 'codepipeline.amazonaws.com',
    account: home.account,
    sourceArn: pipelineArn,
    description: `Runs the pipeline ${plan.pipeline.name}`,
    statements: statementsOf(grants),
  }).attrArn;
}
