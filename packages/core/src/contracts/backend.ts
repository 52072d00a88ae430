/** The contract of a backend: turns a plan into something that runs it. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { App } from 'aws-cdk-lib';
import type { Problem } from '../errors/problem.ts';
import type { Layout } from '../plan/layout.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import type { Artifact, ComparedContent, Emitted, EmittedContent } from './artifact.ts';
import type { Assembly } from './assembly.ts';
import type { BackendCapabilities } from './capabilities.ts';
import type { EmittedNode } from './emitted-node.ts';
import type { PipelineComparison } from './pipeline-comparison.ts';

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
  /** Root of the source: `projectDirectory` or a directory above it. Files of the project are relative to it. */
  readonly sourceDirectory: string;
  /** One line that every file of the project holds, for example in a comment: it says what wrote the file, and from what. */
  readonly mark: string;
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
  /**
   * Emits the `render` hook one last time with what was drawn: the escape hatch of plugins.
   *
   * @param constructs live constructs, or other values that taps may change in place, by name
   * @param files what the files of the project would be now; gates in them are compared before and after each tap
   */
  emitRendering(constructs: Readonly<Record<string, unknown>>, files?: () => readonly Artifact[]): Promise<void>;
}

/** Something for the template validator that is not a template of its own, for example a part of a large one. */
export interface TemplateSlice {
  readonly name: string;
  readonly template: unknown;
}

/** What an author does once to begin: deploys stacks of the assembly, or runs a command. */
export type NextStep =
  | {
      readonly why: string;
      /** IDs in the cloud assembly, in the order in which they are deployed. */
      readonly deploy: readonly [string, ...string[]];
    }
  | { readonly why: string; readonly run: string };

/** The stack that is deployed before all others, where any is. */
export function findFirstStack(next: readonly NextStep[]): string | undefined {
  return next.flatMap((step) => ('deploy' in step ? step.deploy : []))[0];
}

/** What a backend found by reading back what was written. */
export interface Inspection {
  /** IDs of the plan's gate nodes that the output holds, each where it still stops what stands behind it. */
  readonly gates: readonly string[];
  /** Limits that the output exceeds, and other faults. */
  readonly problems: readonly Problem[];
  /** Templates that the validator should check in parts, by file name relative to the assembly. */
  readonly slices: ReadonlyMap<string, readonly TemplateSlice[]>;
  /** What an author does to begin, in order; by default nothing. */
  readonly next?: readonly NextStep[];
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
  /**
   * Draws the plan: adds stacks to the app, and returns files. The core writes all of it in one step, or, after any fault, nothing.
   */
  render(context: RenderContext<Options>): Promise<readonly Artifact[]>;
  /**
   * What stands for each gate node in what was rendered, by the node's ID: the action as a renderer declares it, and
   * whatever decides what it does, such as the commands of its project. Taps of `render`'s end and of `emit` are refused
   * where they change it.
   */
  readGates?(
    plan: Plan,
    content: EmittedContent,
    options: Options,
  ): ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Reads what was written and holds it against the plan. */
  inspect(plan: Plan, emitted: Emitted, options: Options): Promise<Inspection>;
  /**
   * Says what was written for each node and each addition of the layout, by ID, for `cdkpipe explain`. Asked
   * only of a backend that draws for a plan ({@link checksByDrawing}).
   */
  explain?(plan: Plan, emitted: Emitted, options: Options): Promise<ReadonlyMap<string, EmittedNode>>;
  /**
   * Compares the pipeline in what it emits for itself with an earlier one, for `cdkpipe diff`. Believes nothing about the shape of
   * the earlier content.
   */
  compare?(plan: Plan, before: ComparedContent, after: ComparedContent): PipelineComparison;
}

export function defineBackend<Input, Options>(backend: Backend<Input, Options>): Backend<Input, Options> {
  return Object.freeze(backend);
}
