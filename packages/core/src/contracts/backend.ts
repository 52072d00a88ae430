/** The contract of a backend: turns a plan into something that runs it. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { App } from 'aws-cdk-lib';
import type { Problem } from '../errors/problem.ts';
import type { Architecture } from '../model/architecture.ts';
import type { ReferenceKind } from '../model/value-reference.ts';
import type { Layout } from '../plan/layout.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import type { Assembly } from './assembly.ts';
import type { EmittedNode } from './emitted-node.ts';
import type { PipelineComparison } from './pipeline-comparison.ts';

/** What a backend can do; the planner asks before it plans. */
export interface BackendCapabilities {
  /** Whether runs begin by updating the pipeline itself. */
  readonly selfUpdate: boolean;
  /** Whether steps may run outside of the pipeline's account and region. */
  readonly runInOtherEnvironments: boolean;
  /** Whether `rollback: 'auto'` can be honoured. */
  readonly rollback: boolean;
  /** Whether it sets the termination protection that a stack asks for; without it the plan says that it stays as it is. */
  readonly terminationProtection?: boolean;
  /** References it can honour; by default outputs of stacks only. */
  readonly references?: readonly ReferenceKind[];
  /**
   * Whether a change set can be made before the assets of its stack are published, because the template comes from
   * the cloud assembly and not from where assets are; the template itself is not published then. Default false.
   */
  readonly preparesBeforePublishing?: boolean;
  /** Who uploads assets: one publisher for each environment of a wave (`together`, the default), or for each asset. */
  readonly publish?: 'together' | 'each';
  /**
   * Architectures of the machines that images are built on, each by publishers of its own; images that name no platform
   * are built on the first. An image for any other platform is refused. Absent where one publisher builds for every
   * platform, as Docker on this machine does where emulation is set up.
   */
  readonly imageArchitectures?: readonly [Architecture, ...Architecture[]];
}

/** The user's copy of aws-cdk-lib. */
export interface CdkLibrary {
  readonly version: string;
  /** Directory of the package. */
  readonly root: string;
  /** Loads a module of the package, for example `aws-cdk-lib/aws-iam`, or `constructs`. */
  require(module: string): unknown;
}

/** What a backend is given to draw with. */
export interface RenderContext<Options = unknown> {
  readonly plan: Plan;
  readonly assembly: Assembly;
  /** What the backend's schema made of `backends.<name>` in the definition. */
  readonly options: Options;
  /** The CDK app that becomes the cloud assembly. */
  readonly app: App;
  readonly cdk: CdkLibrary;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /** Aborted when the command is interrupted. */
  readonly signal: AbortSignal;
  /**
   * Calls the renderer of the node's kind. Faults in it name the plugin and the node.
   *
   * @param read checks what the renderer returned; what it throws is a fault of that plugin
   */
  renderStep<Action = unknown>(node: PlanNode, context: unknown, read?: (returned: unknown) => Action): Promise<Action>;
  /**
   * Emits the `render` hook for one finished action and returns what the hooks made of it.
   *
   * @param read checks what a tap returned in place of `before`; what it throws is a fault of that tap
   */
  emitAction<Action>(
    node: PlanNode,
    action: Action,
    read?: (returned: unknown, before: Action) => Action,
  ): Promise<Action>;
  /** Emits the `render` hook one last time with what was drawn: the escape hatch of plugins. */
  emitRendering(constructs: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Something for the template validator that is not a template of its own, for example a part of a large one. */
export interface TemplateSlice {
  readonly name: string;
  readonly template: unknown;
}

/** What a backend found by reading back what was written. */
export interface Inspection {
  /** IDs of the plan's gate nodes that the output holds, each where it still stops what stands behind it. */
  readonly gates: readonly string[];
  /** Limits that the output exceeds, and other faults. */
  readonly problems: readonly Problem[];
  /** Templates that the validator should check in parts, by file name relative to the assembly. */
  readonly slices: ReadonlyMap<string, readonly TemplateSlice[]>;
  /** ID in the cloud assembly of the stack that an author deploys once to begin; absent where there is none. */
  readonly deployFirst?: string;
}

export interface Backend<Input = unknown, Options = Input> {
  readonly name: string;
  readonly summary: string;
  /** Schema of `backends.<name>` in the definition. */
  readonly options?: StandardSchemaV1<Input, Options>;
  capabilities(options: Options): BackendCapabilities;
  /** What of the plan this backend cannot honour, before anything is drawn. */
  check(plan: Plan, options: Options): readonly Problem[];
  /** What its options allow, and the author may not have meant: shown as warnings, which stop nothing. */
  warn?(plan: Plan, options: Options): readonly Problem[];
  /** Where the nodes of the plan will stand, for `cdkpipe plan`; by default one stage a group, as early as can be. */
  layOut?(plan: Plan, options: Options): Layout;
  /**
   * Whether `cdkpipe plan` draws the plan, too, and throws the drawing away: some faults, such as an option that a kind
   * has and this backend cannot honour, or a size, are only known then. Default false.
   */
  readonly checksByDrawing?: boolean;
  /** Draws the plan. */
  render(context: RenderContext<Options>): Promise<void>;
  /**
   * What stands for each gate node in what was rendered, by the node's ID: the action as a renderer declares it, and
   * whatever decides what it does, such as the commands of its project. Taps of `render`'s end and of `emit` are refused
   * where they change it.
   *
   * @param templates by file name relative to the cloud assembly, as plain data
   */
  readGates?(
    plan: Plan,
    templates: ReadonlyMap<string, unknown>,
    options: Options,
  ): ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Reads what was written to `directory` and holds it against the plan. */
  inspect(plan: Plan, directory: string, options: Options): Promise<Inspection>;
  /**
   * Says what was written to `directory` for each node and each addition of the layout, by ID, for `cdkpipe explain`. Asked
   * only of a backend that draws for a plan ({@link checksByDrawing}).
   */
  explain?(plan: Plan, directory: string, options: Options): Promise<ReadonlyMap<string, EmittedNode>>;
  /**
   * Compares the pipeline in the stacks that it emits for itself with an earlier one, for `cdkpipe diff`. Believes nothing about the
   * shape of the earlier templates.
   *
   * @param before templates by the ID of their stack in the assembly; a stack that was not there is left out
   */
  compare?(plan: Plan, before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): PipelineComparison;
}

export function defineBackend<Input, Options>(backend: Backend<Input, Options>): Backend<Input, Options> {
  return Object.freeze(backend);
}
