/** The body of a definition: all that an author exports from `cdkpipe.config.ts`, apart from the plugins. */
import type { Environment } from '../model/environment.ts';
import type { BuildDefinition } from './build.ts';
import type { WaveDefinition } from './deployment.ts';
import type { Acknowledgements, RuleSettings } from './rules.ts';
import type { SourceDefinition } from './source.ts';
import type { StepWorkflow } from './step.ts';

/** Options of each backend, by its name; a backend package adds its own to this type. */
// biome-ignore lint/suspicious/noEmptyInterface: backends augment it
export interface BackendOptions {}

/** A variable of the pipeline, under its name in `variables`. */
export interface VariableDefinition {
  /** Value of runs that are started without one; needed where the source starts runs by itself. */
  readonly default?: string | undefined;
  /** What it is for; shown where a run is started by hand. */
  readonly description?: string | undefined;
}

/** What surrounds the pipeline's update of itself. */
export interface UpdateDefinition {
  /** Gates that must pass before the pipeline takes on what the new definition says; they hold back the waves too. */
  readonly before?: StepWorkflow;
}

export interface RehearsalDefinition {
  /**
   * Values of outputs that CloudFormation would make, by `deployment/stack` and logical ID:
   * `{ 'Beta/Api': { Url: 'http://localhost:8080' } }`. Outputs that the template spells out need none.
   */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Directory of a cloud assembly, relative to the definition, that counts as deployed; by default what was
   * rehearsed last.
   */
  readonly against?: string;
}

export interface DefinitionBody {
  /** Name of the pipeline. */
  readonly name: string;
  /** Where the pipeline itself lives. */
  readonly env: Environment;
  /**
   * Root of the source on this machine, relative to the definition: `.`, or directories above it, such as `../..`. Default:
   * the top level of the git repository, without git the directory of the definition.
   */
  readonly root?: string;
  /** The source that triggers and is built. */
  readonly source: SourceDefinition;
  /** Sources fetched beside it, by the directory of the build's workspace they are laid in. */
  readonly additionalSources?: Readonly<Record<string, SourceDefinition>>;
  /** Values that whoever starts a run may give, by name; steps use them as `variable(name)`. */
  readonly variables?: Readonly<Record<string, VariableDefinition>>;
  /**
   * IDs of the constructs above the stage of every deployment, joined by `/`, such as the ID of the stack in which CDK
   * Pipelines had the stages. CDK derives logical IDs and generated names from these IDs. Default: none.
   */
  readonly constructPath?: string;
  /**
   * Whether stacks that read outputs of others with weak references are updated when such an output may have changed; for every
   * deployment that does not say so itself. Default: false, so that templates stay as the CDK writes them.
   */
  readonly updateWeakReferences?: boolean;
  readonly build: BuildDefinition;
  readonly update?: UpdateDefinition;
  readonly waves: readonly WaveDefinition[];
  /** What stands for the real world when the pipeline is rehearsed on this machine; no other backend looks at it. */
  readonly rehearsal?: RehearsalDefinition;
  /**
   * Lint rules of plugins, by name: turned off, to warnings or to errors, or given options. Default: each has the severity that its
   * plugin gives it. Hooks cannot change it.
   */
  readonly rules?: RuleSettings;
  /** Warnings of lint rules that are accepted in the whole pipeline, each with the reason. Hooks cannot change it. */
  readonly acknowledge?: Acknowledgements;
  /** Options for backends, by name. */
  readonly backends?: BackendOptions & Readonly<Record<string, unknown>>;
}
