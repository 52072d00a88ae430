/** Compares the gates before a tap with those after it: none may get lost, be replaced, or hold back less. */
import { isRecord } from '../config/opinions.ts';
import { gateLost, gateReplaced, gateWeakened } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { StepPosition } from '../model/step.ts';
import { stepsOf } from '../model/workflow.ts';

interface NamedStep {
  readonly kind: string;
  readonly name: string;
}

interface HeldGate {
  readonly kind: string;
  readonly position: StepPosition;
  /** Names of the deployments that it holds back. */
  readonly holds: ReadonlySet<string>;
}

/** Gates and deployments as the model or the definition has them, their workflows already taken apart. */
interface GatedWave {
  readonly name: string;
  readonly before: readonly NamedStep[];
  readonly deployments: readonly {
    readonly name: string;
    readonly changes: readonly NamedStep[];
    readonly approvals: readonly NamedStep[];
  }[];
}

interface Gated {
  readonly update: readonly NamedStep[];
  readonly waves: readonly GatedWave[];
}

/** Options of a gate may change, as some belong to every gate of a team. */
export function findChangedGates(before: Gated, after: Gated, where: string): Problem[] {
  const kept = gatesIn(after);
  const deployments = new Set(after.waves.flatMap((wave) => wave.deployments.map(({ name }) => name)));
  return [...gatesIn(before)].flatMap(([id, gate]) => {
    const found = kept.get(id);
    if (!found) return [gateLost(id, where)];
    if (found.kind !== gate.kind || found.position !== gate.position) return [gateReplaced(id, gate, found)];
    const free = [...gate.holds].find((name) => deployments.has(name) && !found.holds.has(name));
    return free === undefined ? [] : [gateWeakened(id, free)];
  });
}

export function gatedByModel(pipeline: Pipeline): Gated {
  return {
    update: pipeline.update ? stepsOf(pipeline.update.before) : [],
    waves: pipeline.waves.map(({ name, before, deployments }) => ({
      name,
      before: stepsOf(before),
      deployments: deployments.map(({ name, changes, approvals }) => ({
        name,
        changes: stepsOf(changes),
        approvals: stepsOf(approvals),
      })),
    })),
  };
}

/** Of plain data in the shape of a definition; what is no step is refused when the definition becomes a model. */
export function gatedByDefinition({ update, waves }: Record<string, unknown>): Gated {
  return {
    update: writtenSteps(isRecord(update) ? update.before : []),
    waves: recordsIn(waves).map(({ name, before, deployments }) => ({
      name: String(name),
      before: writtenSteps(before),
      deployments: recordsIn(deployments).map(({ name, changes, approvals }) => ({
        name: String(name),
        changes: writtenSteps(changes),
        approvals: writtenSteps(approvals),
      })),
    })),
  };
}

function recordsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function writtenSteps(value: unknown): NamedStep[] {
  if (Array.isArray(value)) return value.flatMap(writtenSteps);
  if (!isRecord(value)) return [];
  if (Array.isArray(value.parallel)) return value.parallel.flatMap(writtenSteps);
  return [{ kind: String(value.kind), name: String(value.name) }];
}

function gatesIn({ update, waves }: Gated): ReadonlyMap<string, HeldGate> {
  const gates = new Map<string, HeldGate>();
  const add = (owner: string, steps: readonly NamedStep[], position: StepPosition, holds: ReadonlySet<string>) => {
    for (const { kind, name } of steps) gates.set(`${owner}/${name}`, { kind, position, holds });
  };
  const namesFrom = (index: number) =>
    new Set(waves.slice(index).flatMap((wave) => wave.deployments.map(({ name }) => name)));
  add('UpdatePipeline:before', update, 'wave', namesFrom(0));
  for (const [index, { name, before, deployments }] of waves.entries()) {
    add(`${name}:before`, before, 'wave', namesFrom(index));
    const later = namesFrom(index + 1);
    for (const { name, changes, approvals } of deployments) {
      add(name, changes, 'change', new Set([name, ...later]));
      add(name, approvals, 'approval', later);
    }
  }
  return gates;
}
