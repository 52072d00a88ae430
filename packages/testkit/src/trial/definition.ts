/** The smallest pipeline in which a step can stand at each position. */
import type { StepPosition } from '@cdkpipe/core';

/** A step as JSON definitions have it. */
export interface TriedStep {
  readonly kind: string;
  readonly name: string;
  readonly options?: unknown;
}

export const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };
export const deploymentEnv = { account: '222222222222', region: 'eu-west-1' };

/** Names of the two deployments; the second must wait for every gate of the first. */
export const deployments = ['Beta', 'Prod'] as const;

export interface Setting {
  /** Variables that steps refer to. */
  readonly variables: readonly string[];
  readonly step?: { readonly position: StepPosition; readonly definition: TriedStep };
}

export function definitionOf({ variables, step }: Setting): object {
  const at = (position: StepPosition) => (step?.position === position ? [step.definition] : []);
  return {
    name: 'conformance',
    env: pipelineEnv,
    source: { type: 'codeCommit', repository: 'conformance' },
    variables: Object.fromEntries(variables.map((name) => [name, { default: 'none' }])),
    build: { commands: ['npx cdkpipe synth'], before: at('build') },
    waves: [
      {
        name: 'First',
        before: at('wave'),
        deployments: [
          {
            name: deployments[0],
            env: deploymentEnv,
            assembly: deployments[0],
            changes: at('change'),
            approvals: at('approval'),
          },
        ],
      },
      { name: 'Second', deployments: [{ name: deployments[1], env: deploymentEnv, assembly: deployments[1] }] },
    ],
  };
}
