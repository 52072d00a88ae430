/** Definitions in which every type of node, position and reference occurs, as data. */
import type { ReferenceKind } from '@cdkpipe/core';
import { deploymentEnv, pipelineEnv } from '../trial/definition.ts';
import type { StepSample, StepSamples } from './backend-trial.ts';

export const defaultSteps: StepSamples = {
  gate: { kind: 'manual' },
  build: { kind: 'codebuild', options: { commands: ['true'] } },
  using: (value) => ({ kind: 'codebuild', options: { commands: ['test -n "$VALUE"'], env: { VALUE: value } } }),
  exporting: { kind: 'codebuild', options: { commands: ['VERSION=1'], exports: ['VERSION'] } },
};

/** Places at which a step may stand. */
export const places = ['before', 'after', 'update', 'wave', 'change', 'approval'] as const;
export type Place = (typeof places)[number];

export const references: readonly ReferenceKind[] = ['output', 'source', 'variable', 'exported'];

const named = (name: string, { kind, options }: StepSample) => ({
  kind,
  name,
  ...(options === undefined ? {} : { options }),
});

interface Parts {
  readonly steps?: Partial<Record<Place, readonly object[]>>;
  /** Options of the first deployment. */
  readonly deployment?: object;
  /** Settings of the build. */
  readonly build?: object;
  readonly base: DefinitionBase;
}

/** What all definitions of a trial have in common. */
export interface DefinitionBase {
  readonly source: object;
  /** `backends` of a definition. */
  readonly backends: object;
}

/** A pipeline of one deployment, with steps where they are given. */
export function smallDefinition({ steps = {}, deployment = {}, build = {}, base }: Parts): object {
  return {
    name: 'conformance',
    env: pipelineEnv,
    variables: { RELEASE: { default: 'none' } },
    build: { commands: ['npx cdkpipe synth'], before: steps.before ?? [], after: steps.after ?? [], ...build },
    ...(steps.update === undefined ? {} : { update: { before: steps.update } }),
    waves: [
      {
        name: 'First',
        before: steps.wave ?? [],
        deployments: [
          {
            name: 'Beta',
            env: deploymentEnv,
            assembly: 'Beta',
            changes: steps.change ?? [],
            approvals: steps.approval ?? [],
            ...deployment,
          },
        ],
      },
    ],
    ...base,
  };
}

export const stepAt = (place: Place, samples: StepSamples): object =>
  named('Step', place === 'before' || place === 'after' ? samples.build : samples.gate);

/** A definition in which an approval uses a value of that kind. */
export function usingReference(kind: ReferenceKind, samples: StepSamples, base: DefinitionBase): object {
  const value = {
    output: { $ref: 'output', stack: 'Api', name: 'Url' },
    source: { $ref: 'source', attribute: 'commitId' },
    variable: { $ref: 'variable', name: 'RELEASE' },
    exported: { $ref: 'exported', step: 'Version', name: 'VERSION' },
  }[kind];
  const before = kind === 'exported' ? [named('Version', samples.exporting)] : [];
  return smallDefinition({ steps: { before, approval: [named('Use', samples.using(value))] }, base });
}

/**
 * Two waves with each way to prepare, gates one behind and one beside the other, and steps around the build.
 *
 * @param updates whether the backend updates the pipeline, so that a gate may stand before that
 */
export function wholeDefinition(samples: StepSamples, updates: boolean, base: DefinitionBase): object {
  const gate = (name: string) => named(name, samples.gate);
  const deployment = (name: string, more: object) => ({ name, env: deploymentEnv, assembly: name, ...more });
  const small = smallDefinition({
    steps: {
      before: [named('Lint', samples.build)],
      after: [named('Scan', samples.build)],
      wave: [gate('Window')],
      ...(updates ? { update: [gate('Agree')] } : {}),
    },
    base,
  });
  return {
    ...small,
    waves: [
      {
        name: 'First',
        before: [gate('Window')],
        deployments: [
          deployment('Beta', {
            prepare: 'all',
            changes: [gate('Look'), gate('Sign')],
            approvals: [{ parallel: [gate('Try'), [gate('Read'), gate('Listen')]] }, gate('Done')],
          }),
          deployment('Gamma', { prepare: 'each', changes: [gate('Look')] }),
        ],
      },
      {
        name: 'Second',
        deployments: [deployment('Prod', { prepare: false, approvals: [gate('Done')] })],
      },
      { name: 'Third', before: [gate('Window')], deployments: [deployment('Late', {})] },
    ],
  };
}

/** Names of the directories with the assemblies that these deploy. */
export const deployedAssemblies = ['Beta', 'Gamma', 'Prod', 'Late'] as const;
