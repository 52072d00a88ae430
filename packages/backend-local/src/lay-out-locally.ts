/** What `cdkpipe plan` shows of a run on this machine: no rank waits for another, and what goes back when something fails. */
import { type Layout, layOutByRank, type Plan, type PlanNote } from '@cdkpipe/core';

export function layOutLocally(plan: Plan): Layout {
  const { waves } = plan.pipeline;
  const rolledBack = new Set(waves.flatMap(({ name, rollback }) => (rollback ? [name] : [])));
  const { stages } = layOutByRank(plan);
  return {
    stages: stages.map((stage) => (rolledBack.has(stage.group) ? { ...stage, rollback: stage.group } : stage)),
    ranksWait: false,
    notes: waves.flatMap((wave) => (wave.rollback ? [noteOf(wave)] : wave.deployments.filter(goesBack).map(noteOf))),
  };
}

const goesBack = ({ rollback }: { readonly rollback?: unknown }) => Boolean(rollback);

function noteOf({ name }: { readonly name: string }): PlanNote {
  return {
    about: name,
    text: 'when something in it fails, the stacks of it that the run has executed go back, the last one first, to what stood there before; no gate is asked again, and a stack that the run has created stays',
  };
}
