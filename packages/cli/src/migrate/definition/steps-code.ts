/** Steps of one place of the old pipeline as a workflow: in sequence where they depend on each other, else in parallel. */
import type { OldStage, OldStep } from '../old-app/old-app.ts';
import { type Code, call, type Entry } from './code.ts';
import type { Context } from './context.ts';
import type { Names } from './names.ts';
import { orderSteps } from './order-steps.ts';
import { stepCode } from './step-code.ts';

export interface StepsPlace {
  readonly names: Names;
  /** What to put before a name that is taken. */
  readonly scope: string;
  readonly position: 'before' | 'changes' | 'approvals';
  readonly stage?: OldStage;
}

export function stepsCode(steps: readonly OldStep[], place: StepsPlace, context: Context): (Code | Entry)[] {
  return orderSteps(steps, [...context.steps.values()]).flatMap((group) => {
    const codes: Code[] = [];
    const lost: Entry[] = [];
    for (const step of group) {
      const code = oneStep(step, place, context);
      if (code === undefined)
        lost.push({ comments: [`TODO: the gate ${step.id} (${step.className}) is missing here: ${whereOf(step)}`] });
      else codes.push(code);
    }
    if (codes.length < 2) return [...lost, ...codes];
    context.coreHelpers.add('parallel');
    return [...lost, call('parallel', ...codes)];
  });
}

function oneStep(step: OldStep, place: StepsPlace, context: Context): Code | undefined {
  const name = place.names.take(step.id, place.scope);
  const code = stepCode(step, { name, position: place.position, stage: place.stage }, context);
  if (code !== undefined && !context.stepNames.has(step.key)) context.stepNames.set(step.key, name);
  return code;
}

export function whereOf({ at }: OldStep): string {
  return at === undefined ? 'its place is not known' : `${at.file}:${at.line}`;
}
