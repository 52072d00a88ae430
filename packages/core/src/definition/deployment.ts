/** Deployments and waves as an author writes them. */
import type { Stage, StageProps } from 'aws-cdk-lib';
import type { Environment } from '../model/environment.ts';
import type { PrepareMode } from '../model/pipeline.ts';
import type { Acknowledgements } from './rules.ts';
import type { StageClass } from './stage-class.ts';
import type { StepWorkflow } from './step.ts';

/** Builds the stacks of one deployment in an ordinary CDK Stage; `output((made) => …)` reads properties of what it returns. */
export type StackBuilder = (stage: Stage) => unknown;

/** Where the stacks of a deployment come from: a function, or an existing class by `stageClass()`. */
export type DeploymentStacks = StackBuilder | StageClass;

/** Properties of the stage that the function `stacks` gets; which there are depends on the release of aws-cdk-lib. */
export type StageOptions = Omit<StageProps, 'env' | 'outdir'>;

interface DeploymentOptions {
  readonly env: Environment;
  /**
   * IDs of the constructs above the stage of this deployment, joined by `/`; replaces the `constructPath` of the
   * definition. Empty text places the stage directly below the app.
   */
  readonly constructPath?: string;
  /** Chains of stacks, each "this before that", beyond what the CDK knows: `[['Data', 'Api']]`. */
  readonly order?: readonly (readonly string[])[];
  /** Change approvals: between prepare and execute. */
  readonly changes?: StepWorkflow;
  /** Approvals: after execute. */
  readonly approvals?: StepWorkflow;
  /**
   * `all`: every change set first, then one review, then execute in order; `each`: stack by stack; `false`: no
   * change sets. Chosen by default from whether a stack needs an output or export of another.
   */
  readonly prepare?: PrepareMode;
  /**
   * Whether a stack that reads outputs of others with weak references (`Fn::GetStackOutput`) is updated when such an output may
   * have changed; replaces the `updateWeakReferences` of the definition. It changes the templates.
   */
  readonly updateWeakReferences?: boolean;
  readonly rollback?: 'auto';
  /** Warnings of lint rules that are accepted in this deployment, each with the reason. */
  readonly acknowledge?: Acknowledgements;
}

type AppOptions =
  | {
      readonly stacks: DeploymentStacks;
      /** For a function in `stacks`, such as `permissionsBoundary`; a `stageClass` takes them in its `props`. */
      readonly stageProps?: StageOptions;
      readonly assembly?: never;
    }
  | {
      readonly stacks?: never;
      readonly stageProps?: never;
      /**
       * Directory that `cdk synth` of any language wrote, relative to the definition. As an object, only the stacks with
       * these IDs are deployed: `{ directory: 'dist/app', stacks: ['Prod-Api'] }`. Stacks without account and region get
       * those of the deployment.
       */
      readonly assembly: string | { readonly directory: string; readonly stacks: readonly string[] };
    };

/** A deployment without its name, as `deploy(name, options)` takes it. */
export type DeployOptions = DeploymentOptions & AppOptions;
export type DeploymentDefinition = { readonly name: string } & DeployOptions;

export interface WaveOptions {
  /** Gates that must pass before anything of the wave is prepared. */
  readonly before?: StepWorkflow;
  readonly rollback?: 'auto';
  /** Warnings of lint rules that are accepted in this wave and its deployments, each with the reason. */
  readonly acknowledge?: Acknowledgements;
}

export interface WaveDefinition extends WaveOptions {
  readonly name: string;
  readonly deployments: readonly DeploymentDefinition[];
}

/** One copy of the app in one environment. */
export function deploy(name: string, options: DeployOptions): DeploymentDefinition {
  return { name, ...options };
}

/** Deployments that may go out at the same time. */
export function wave(
  name: string,
  deployments: readonly DeploymentDefinition[],
  options: WaveOptions = {},
): WaveDefinition {
  return { name, deployments, ...options };
}
