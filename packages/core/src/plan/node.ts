/** The nodes of a plan: a small closed union that every backend must know completely. */
import type { Architecture } from '../model/architecture.ts';
import type { Build } from '../model/build.ts';
import type { Environment } from '../model/environment.ts';
import type { Source } from '../model/source.ts';
import type { Step } from '../model/step.ts';

interface NodeBase {
  /** Unique in the plan and stable when other steps are added, for example `ProdEu/Api:execute`. */
  readonly id: string;
  /** Unique in its group; characters `[A-Za-z0-9.@_-]`, at most 100. */
  readonly name: string;
  /** Name of the {@link PlanGroup} it belongs to. */
  readonly group: string;
  /** IDs of the nodes that must have succeeded before this one may start. */
  readonly after: readonly string[];
  /** Name of the plugin whose kind it is; absent for what cdkpipe itself contributes. */
  readonly contributedBy?: string;
  /** Place in the definition it comes from. */
  readonly path: string;
}

/** Fetches one source. */
export interface SourceNode extends NodeBase {
  readonly type: 'source';
  readonly source: Source;
  /** Where the build finds an additional source; absent for the main one. */
  readonly directory?: string;
}

/** Makes the cloud assembly, or runs a step before or after that in the same group. */
export interface BuildNode extends NodeBase {
  readonly type: 'build';
  readonly work: { readonly role: 'main'; readonly build: Build } | { readonly role: 'step'; readonly step: Step };
}

/** Brings the pipeline itself up to date with the definition that was just built. */
export interface UpdateNode extends NodeBase {
  readonly type: 'update';
}

/** One asset to upload, each target once. */
export interface PublishedAsset {
  /** Manifest that describes it, relative to the cloud assembly. */
  readonly manifest: string;
  /** Asset and destination as `cdk-assets` selects them: `asset:destination`. */
  readonly selector: string;
  readonly type: 'file' | 'image';
}

/** Uploads assets that a wave needs in one environment. */
export interface PublishNode extends NodeBase {
  readonly type: 'publish';
  readonly env: Environment;
  readonly assets: readonly PublishedAsset[];
  /** Asset manifests relative to the cloud assembly. */
  readonly manifests: readonly string[];
  /** Whether an image is among the assets. */
  readonly docker: boolean;
  /**
   * The machine that its images need; absent where none of them names a platform, where there is none, and for a backend
   * that builds for every platform on one machine.
   */
  readonly architecture?: Architecture;
  /** Roles the manifests name, as CDK writes them (`${AWS::Partition}` not replaced). */
  readonly roleArns: readonly string[];
}

interface StackNode extends NodeBase {
  readonly deployment: string;
  /** Path of the stack's construct inside the deployment. */
  readonly stack: string;
  /** Where the stack lives: mostly, but not always, where the deployment does. */
  readonly env: Environment;
}

/** Creates the change set of one stack. */
export interface PrepareNode extends StackNode {
  readonly type: 'prepare';
}

/** Executes the change set of one stack, or creates-or-updates it where none was prepared. */
export interface ExecuteNode extends StackNode {
  readonly type: 'execute';
  readonly changeSet: boolean;
  /** Logical IDs of the outputs that later steps use. */
  readonly outputs: readonly string[];
}

interface GateNode extends NodeBase {
  readonly step: Step;
  /** ID of the declared gate that this node stands for; several nodes may stand for one gate. */
  readonly gate: string;
}

/** A change approval: sees the change sets of `stacks` before they execute. */
export interface ReviewNode extends GateNode {
  readonly type: 'review';
  readonly deployment: string;
  readonly stacks: readonly string[];
}

/** An approval after execute, or a gate before a wave (then without deployment). */
export interface ApproveNode extends GateNode {
  readonly type: 'approve';
  readonly deployment?: string;
}

export type PlanNode =
  | SourceNode
  | BuildNode
  | UpdateNode
  | PublishNode
  | PrepareNode
  | ReviewNode
  | ExecuteNode
  | ApproveNode;

/** True for nodes that can stop a deployment. */
export function isGate(node: PlanNode): node is ReviewNode | ApproveNode {
  return node.type === 'review' || node.type === 'approve';
}

/** The author's step behind a node, where there is one. */
export function findStep(node: PlanNode): Step | undefined {
  if (isGate(node)) return node.step;
  return node.type === 'build' && node.work.role === 'step' ? node.work.step : undefined;
}
