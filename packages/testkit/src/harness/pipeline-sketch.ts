/** What a test says of a pipeline; the rest of its definition is filled in. */
import {
  type DefinitionBody,
  type Environment,
  findOutputReferences,
  findReferences,
  type Plugin,
  type PrepareMode,
  type StackBuilder,
  type StepWorkflow,
} from '@cdkpipe/core';
import { deploymentEnv, deployments, pipelineEnv } from '../trial/definition.ts';
import type { WrittenDeployment } from '../trial/write-stacks.ts';

export interface DeploymentSketch {
  readonly name: string;
  /** Default: account 222222222222, region eu-west-1. */
  readonly env?: Environment;
  /** By default one stack, `Orders`, with the outputs that steps of the pipeline refer to. */
  readonly stacks?: StackBuilder;
  /** IDs of its stacks, where `stacks` builds none; they have the outputs that steps refer to. */
  readonly stackIds?: readonly string[];
  readonly changes?: StepWorkflow;
  readonly approvals?: StepWorkflow;
  readonly prepare?: PrepareMode;
  readonly rollback?: 'auto';
}

export interface WaveSketch {
  readonly name: string;
  readonly before?: StepWorkflow;
  readonly rollback?: 'auto';
  readonly deployments: readonly DeploymentSketch[];
}

/** A definition of which everything may be left out. */
export interface PipelineSketch extends Partial<Omit<DefinitionBody, 'waves'>> {
  /** Default: a wave `First` with the deployment `Beta`, then a wave `Second` with the deployment `Prod`. */
  readonly waves?: readonly WaveSketch[];
  /** Plugins with the kinds that steps are of, such as `[manual, codebuild]`. */
  readonly plugins?: readonly Plugin[];
  /** Contents of files of the project that options name, by path relative to the definition. */
  readonly files?: Readonly<Record<string, string>>;
}

const defaultWaves: readonly WaveSketch[] = [
  { name: 'First', deployments: [{ name: deployments[0] }] },
  { name: 'Second', deployments: [{ name: deployments[1] }] },
];

/** The definition without its plugins, and what has to be written for it. */
export function definitionOfSketch({ waves = defaultWaves, plugins: _, files: __, ...given }: PipelineSketch): {
  readonly body: DefinitionBody;
  readonly written: readonly WrittenDeployment[];
} {
  const variables = findReferences({ waves, given }).flatMap(({ reference }) =>
    reference.$ref === 'variable' ? [reference.name] : [],
  );
  const body: DefinitionBody = {
    name: 'tested',
    env: pipelineEnv,
    source: { type: 'codeCommit', repository: 'tested' },
    build: { commands: ['npx cdkpipe synth'] },
    ...given,
    variables: {
      ...Object.fromEntries(variables.map((name) => [name, { default: 'none' }])),
      ...given.variables,
    },
    waves: waves.map((wave) => ({
      ...wave,
      deployments: wave.deployments.map(({ env = deploymentEnv, stacks, stackIds: _, ...deployment }) => ({
        ...deployment,
        env,
        ...(stacks ? { stacks } : { assembly: deployment.name }),
      })),
    })),
  };
  const written = waves.flatMap((wave) =>
    wave.deployments.flatMap(({ name, env = deploymentEnv, stacks, stackIds }) =>
      stacks ? [] : [{ name, env, ...(stackIds ? { stackIds } : {}) }],
    ),
  );
  return { body, written };
}

/** Outputs that steps refer to; the stacks that are written have them. */
export function outputsIn(sketch: PipelineSketch) {
  return findOutputReferences(sketch).map(({ reference }) => reference);
}
