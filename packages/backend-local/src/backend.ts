/** The backend `local`: what it can do, and that it draws nothing. */
import { defineBackend, isGate, refused } from '@cdkpipe/core';
import { layOutLocally } from './lay-out-locally.ts';
import { localNeedsPosix, localRendersNothing } from './problems.ts';

export const local = defineBackend<Record<string, never>, Record<string, never>>({
  name: 'local',
  summary: 'Runs the pipeline on this machine, durably; see cdkpipe run.',
  capabilities: () => ({
    selfUpdate: false,
    runInOtherEnvironments: true,
    rollback: true,
    references: ['output', 'source', 'variable', 'exported'],
  }),
  check: () => (process.platform === 'win32' ? [localNeedsPosix('Windows')] : []),
  layOut: layOutLocally,
  render: async () => {
    throw refused([localRendersNothing()]);
  },
  // Nothing is emitted; that every gate has passed is asserted when a run ends.
  inspect: async (plan) => ({
    gates: plan.nodes.filter(isGate).map(({ id }) => id),
    problems: [],
    slices: new Map(),
  }),
});
