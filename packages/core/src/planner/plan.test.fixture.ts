/** Plans small definitions with stacks made by hand, for tests of the planner. */

import type { AssembledStack, Assembly, StackAsset, TakenValue } from '../contracts/assembly.ts';
import { type BackendCapabilities, everyPosition, everySource } from '../contracts/capabilities.ts';
import type { Registry } from '../contracts/registry.ts';
import { buildSettings } from '../model/build-settings.ts';
import { deploymentsOf } from '../model/pipeline.ts';
import { registry as testRegistry, valid } from '../modelling/definition.test.fixture.ts';
import { modelPipeline } from '../modelling/model-pipeline.ts';
import type { Plan } from '../plan/plan.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { planPipeline } from './plan-pipeline.ts';

export const capabilities: BackendCapabilities = {
  sources: everySource,
  buildSettings: { honoured: buildSettings },
  positions: everyPosition,
  references: ['output'],
  selfUpdate: true,
  runInOtherEnvironments: false,
  rollback: false,
};

/** A file that a stack uploads; two with the same target are one upload. */
export function fileAsset(id: string, change: Partial<StackAsset> = {}): StackAsset {
  const roleArn = 'arn:${AWS::Partition}:iam::222222222222:role/publish';
  return { id, destination: 'here', type: 'file', target: id, isTemplate: false, roleArn, ...change };
}

/** A stack of the deployment in which it is named; `change` says what is special about it. */
export function stack(id: string, change: Partial<AssembledStack> = {}): AssembledStack {
  return {
    id,
    stackName: id,
    artifactId: id,
    env: { account: '222222222222', region: 'eu-west-1' },
    templateFile: `${id}.template.json`,
    dependencies: [],
    imports: [],
    outputs: [],
    assetManifest: `${id}.assets.json`,
    assets: [fileAsset(id)],
    hasDockerAssets: false,
    publishingRoleArns: ['arn:${AWS::Partition}:iam::222222222222:role/publish'],
    tags: {},
    acknowledgedRules: [],
    ...change,
  };
}

/** An export of another stack; `change` says what is special about it. */
export function taken(stack: string, value: string, change: Partial<TakenValue> = {}): TakenValue {
  return { stack, value, kind: 'export', readAt: 'prepare', ...change };
}

/** @param stacks of every deployment, or by the deployment's name */
export async function planOf(
  value: Record<string, unknown> = valid,
  stacks: readonly AssembledStack[] | Record<string, readonly AssembledStack[]> = [stack('App')],
  { registry = testRegistry, ...can }: Partial<BackendCapabilities> & { registry?: Registry } = {},
): Promise<Plan> {
  const { pipeline } = await modelPipeline(shapeDefinition(value), registry);
  const assembly: Assembly = {
    deployments: deploymentsOf(pipeline).map(({ name, env }) => ({
      name,
      directory: `assembly-${name}`,
      stacks: ('length' in stacks ? (stacks as readonly AssembledStack[]) : (stacks[name] ?? [])).map((each) => ({
        ...each,
        env,
      })),
    })),
  };
  return planPipeline({ pipeline, assembly, registry, backend: 'test', capabilities: { ...capabilities, ...can } });
}

/** `id <- the IDs it comes after`, a line a node. */
export function edgesOf(plan: Plan): string[] {
  return plan.nodes.map(({ id, after }) => (after.length > 0 ? `${id} <- ${after.join(', ')}` : id));
}
