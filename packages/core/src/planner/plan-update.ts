/** Plans how the pipeline takes on the new definition: its gates, then the update itself. */
import type { Problem } from '../errors/problem.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { UpdateNode } from '../plan/node.ts';
import { groupNames, type PlanNote } from '../plan/plan.ts';
import { approveNode } from './gate-node.ts';
import { type Laid, layOutWorkflow } from './lay-out-workflow.ts';
import { type LowerPlace, lowerWorkflow } from './lower-workflow.ts';

export interface UpdateInput {
  readonly pipeline: Pipeline;
  readonly place: LowerPlace;
  /** What must have succeeded before. */
  readonly after: readonly string[];
  readonly selfUpdate: boolean;
  readonly problems: Problem[];
  readonly notes: PlanNote[];
}

/** Without self-update its gates stand all the same, as they hold back the waves too. */
export async function planUpdate(input: UpdateInput): Promise<Laid> {
  const { pipeline, place, after, selfUpdate, problems, notes } = input;
  const group = groupNames.update;
  const gates = pipeline.update
    ? layOutWorkflow(await lowerWorkflow(pipeline.update.before, place, problems), after, (step, at) => {
        const node = approveNode({ group, registry: place.registry }, step, at);
        return { nodes: [node], exits: [node.id] };
      })
    : { nodes: [], exits: after };
  if (!selfUpdate) {
    const text = 'the pipeline does not update itself here; the gates before its update hold back the waves';
    if (pipeline.update) notes.push({ about: group, text });
    return gates;
  }
  const node: UpdateNode = { type: 'update', id: 'update', name: group, group, after: gates.exits, path: '' };
  return { nodes: [...gates.nodes, node], exits: [node.id] };
}
