/** The backend `local`: what it can do, and that it draws nothing beside the stacks to deploy. */
import { defineBackend, everyPosition, everyReference, everySource } from '@cdkpipe/core';
import { unusedSettings } from './build-spec/left-undone.ts';
import { type LocalOptions, optionsSchema } from './contract/options.ts';
import { layOutLocally } from './lay-out-locally.ts';
import { localNeedsPosix } from './problems/problems.ts';
import { findHoldingGates } from './state/hold-back.ts';

export const local = defineBackend<LocalOptions, LocalOptions>({
  name: 'local',
  summary: 'Runs the pipeline on this machine, durably; see cdkpipe run.',
  options: optionsSchema,
  capabilities: () => ({
    sources: everySource,
    buildSettings: { honoured: ['exports', 'buildSpec', 'timeout'], unused: unusedSettings },
    positions: everyPosition,
    references: everyReference,
    runsHere: true,
    selfUpdate: false,
    runInOtherEnvironments: true,
    rollback: true,
    terminationProtection: true,
  }),
  check: () => (process.platform === 'win32' ? [localNeedsPosix('Windows')] : []),
  layOut: layOutLocally,
  // What a run deploys is in the assembly as it is; a definition only runs can honour needs a way to make one.
  render: async () => [],
  // Nothing is emitted: the scheduler of runs itself is asked. That every gate has passed is asserted when a run ends.
  inspect: async (plan) => ({
    gates: findHoldingGates(plan),
    problems: [],
    slices: new Map(),
    next: [{ why: 'Run it on this machine, first as a rehearsal:', run: 'npx cdkpipe run --rehearse --skip-build' }],
  }),
});
