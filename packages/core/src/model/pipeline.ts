/** The model: what someone wants, as deeply frozen plain data. */
import type { Build } from './build.ts';
import type { Environment } from './environment.ts';
import type { PipelineVariable } from './pipeline-variable.ts';
import type { AdditionalSource, Source } from './source.ts';
import type { Workflow } from './workflow.ts';

/** `auto` lets the plan choose from what the stacks need of each other. */
export type PrepareMode = 'all' | 'each' | false;

export interface AssemblySource {
  readonly from: 'assembly';
  readonly directory: string;
  /** IDs of the stacks that are deployed; all where absent. */
  readonly stacks?: readonly string[];
}

export interface Deployment {
  readonly name: string;
  readonly env: Environment;
  /** IDs of the constructs above the stage, joined by `/`; absent where the stage is directly below the app. */
  readonly constructPath?: string;
  /** Built by the author's function in this process, or read from a directory that `cdk synth` wrote. */
  readonly app: { readonly from: 'stacks' } | AssemblySource;
  /** Chains of stacks, each "this before that", beyond what the CDK knows. */
  readonly order: readonly (readonly string[])[];
  readonly changes: Workflow;
  readonly approvals: Workflow;
  readonly prepare: PrepareMode | 'auto';
  /** Present where a stack is to be updated when an output that it reads with a weak reference may have changed. */
  readonly updateWeakReferences?: true;
  readonly rollback?: 'auto';
  /** Place in the definition. */
  readonly path: string;
}

export interface Wave {
  readonly name: string;
  /** Gates that must pass before anything of the wave is prepared. */
  readonly before: Workflow;
  readonly deployments: readonly Deployment[];
  readonly rollback?: 'auto';
  readonly path: string;
}

/** What stands for the real world in a rehearsal. */
export interface Rehearsal {
  /** Values of outputs, by `deployment/stack` and logical ID. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Directory of a cloud assembly that counts as deployed. */
  readonly against?: string;
}

export interface Pipeline {
  readonly name: string;
  /** Where the pipeline itself lives. */
  readonly env: Environment;
  readonly source: Source;
  readonly additionalSources: readonly AdditionalSource[];
  /** Values that whoever starts a run may give; absent where none are declared. */
  readonly variables?: readonly PipelineVariable[];
  readonly build: Build;
  /** Gates that must pass before the pipeline updates itself; absent where none are declared. */
  readonly update?: { readonly before: Workflow };
  readonly waves: readonly Wave[];
  readonly rehearsal?: Rehearsal;
}

export function deploymentsOf<One = Deployment>(pipeline: {
  readonly waves: readonly { readonly deployments: readonly One[] }[];
}): One[] {
  return pipeline.waves.flatMap((wave) => wave.deployments);
}
