/** Makes the diagram of a plan. */
import { deploymentsOf, environmentName, type Plan } from '@cdkpipe/core';
import { counted } from '../outline/counted.ts';
import type { Outline, OutlinedAction, OutlinedStage } from '../outline/outline.ts';
import type { Diagram, DiagramNode } from './diagram.ts';
import { lanesOf } from './lanes-of.ts';

export function diagramPlan({ pipeline }: Plan, outline: Outline): Diagram {
  const home = environmentName(outline.pipeline.environment);
  const laneNotes = new Map(deploymentsOf(pipeline).map(({ name, env }) => [name, environmentName(env)]));
  const { totals, stages } = outline;
  const members = stages.flatMap(({ name, actions }) => actions.map((action) => ({ ...action, stage: name })));
  const lanes = lanesOf(members);
  return {
    title: `${outline.pipeline.name} on ${outline.backend} in ${home}`,
    description: `${[
      counted(totals.stages, 'stage'),
      counted(totals.actions, 'action'),
      counted(totals.gates, 'gate'),
      `${counted(totals.deployments, 'deployment')} of ${counted(totals.stacks, 'stack')}`,
    ].join(', ')}. Gates are hexagons with a diamond.`,
    stages: stages.map(({ name, rollback }) => ({
      name,
      ...(rollback === undefined ? {} : { note: 'rolls back when it fails' }),
    })),
    laneNotes,
    nodes: stages.flatMap((stage) =>
      stage.actions.map((action) => {
        const lane = lanes.get(action.id);
        // Where the frame or the pipeline lives is said there.
        const usual = lane === undefined ? home : laneNotes.get(lane);
        return { ...nodeOf(action, stage, usual), ...(lane === undefined ? {} : { lane }) };
      }),
    ),
  };
}

/** @param usual the environment that needs no words */
function nodeOf(action: OutlinedAction, stage: OutlinedStage, usual: string | undefined): DiagramNode {
  const { id, type, kind, after, environment } = action;
  const place = environment && environmentName(environment);
  const elsewhere = place === undefined || place === usual ? [] : [place];
  return {
    id,
    shape: action.gate === undefined ? 'action' : 'gate',
    title: titleOf(action, stage),
    details: [[type, ...(kind === undefined ? [] : [kind]), ...elsewhere].join(' · ')],
    description: [
      `${type} ${action.subject}`,
      ...(kind === undefined ? [] : [`of kind ${kind}`]),
      ...(place === undefined ? [] : [`in ${place}`]),
      `run order ${action.runOrder}`,
    ].join(', '),
    stage: stage.name,
    after,
  };
}

/** The frame and the stage say the rest. */
function titleOf({ subject, stack, deployment }: OutlinedAction, { name }: OutlinedStage): string {
  if (stack !== undefined) return stack;
  const prefix = [`${deployment}/`, `${name}:before/`].find((each) => subject.startsWith(each));
  return prefix === undefined ? subject : subject.slice(prefix.length);
}
