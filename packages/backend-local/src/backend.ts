/** The backend `local`: what it can do, and that it draws nothing beside the stacks to deploy. */
import { defineBackend, isGate } from '@cdkpipe/core';
import { type LocalOptions, optionsSchema } from './contract/options.ts';
import { layOutLocally } from './lay-out-locally.ts';
import { localNeedsPosix } from './problems/problems.ts';

export const local = defineBackend<LocalOptions, LocalOptions>({
  name: 'local',
  summary: 'Runs the pipeline on this machine, durably; see cdkpipe run.',
  options: optionsSchema,
  capabilities: () => ({
    selfUpdate: false,
    runInOtherEnvironments: true,
    rollback: true,
    references: ['output', 'source', 'variable', 'exported'],
  }),
  check: () => (process.platform === 'win32' ? [localNeedsPosix('Windows')] : []),
  layOut: layOutLocally,
  // What a run deploys is in the assembly as it is; a definition only runs can honour needs a way to make one.
  render: async () => {},
  // Nothing is emitted; that every gate has passed is asserted when a run ends.
  inspect: async (plan) => ({
    gates: plan.nodes.filter(isGate).map(({ id }) => id),
    problems: [],
    slices: new Map(),
  }),
});
