/** Actions that cannot stand in one stage, or not in several. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const stageNameTaken = (stage: string, [first, second]: readonly [string, string], place: Place): Problem => ({
  code: 'STAGE_NAME_TAKEN',
  message: `a stage of the wave "${first}" and one of the wave "${second}" would both be called "${stage}"`,
  fix: 'rename one of the waves: a wave that needs several stages adds ".before", ".2" and so on to its name',
  ...at(place),
});

/** The same problem, with what keeps a stage from being split. */
export const changeSetsTogether = (problem: Problem, deployment: string): Problem => ({
  ...problem,
  fix: `the change sets of "${deployment}" are made together, and no other run may come between making and executing them, so the stage cannot be split: write prepare: 'each' or prepare: false, deploy fewer stacks, or raise backends.codepipeline.actionsPerStage where the account has a higher quota`,
});

export const waitWithoutUpdate = (): Problem => ({
  code: 'WAIT_WITHOUT_UPDATE',
  message: '`update.waitForIdle` lets the update of the pipeline wait, but with `selfUpdate: false` there is no update',
  path: 'backends.codepipeline.update.waitForIdle',
  fix: 'leave out `update`, or `selfUpdate: false`',
});

export const rollbackTwice = (deployment: string, wave: string, place: Place): Problem => ({
  code: 'ROLLBACK_TWICE',
  message: `the deployment "${deployment}" asks for a rollback of its own, but its wave "${wave}" rolls back as a whole`,
  fix: 'write `rollback` at the wave or at deployments of it',
  ...at(place),
});

export const rollbackSplit = (what: string, stages: readonly string[], place: Place): Problem => ({
  code: 'ROLLBACK_SPLIT',
  message: `${what} needs ${stages.length} stages (${stages.join(', ')}), and CodePipeline rolls back only the one that fails`,
  fix: what.startsWith('the wave')
    ? 'make several waves of it, or write `rollback` at its deployments, which then get a stage each'
    : 'make several deployments of it, or remove `rollback`',
  ...at(place),
});

export const rollbackShared = (deployment: string, others: readonly string[], place: Place): Problem => ({
  code: 'ROLLBACK_SHARED',
  message: `a rollback of "${deployment}" would roll back ${others.map((name) => `"${name}"`).join(', ')} too: they wait for each other, so they share a stage`,
  fix: 'write `rollback` at the wave, or let no plugin lead edges between the deployments',
  ...at(place),
});
