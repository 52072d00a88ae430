/** Finds the gates of a plan in a workflow, each where it still holds back what the plan puts behind it. */
import { isGate, type Plan, readHeldBack } from '@cdkpipe/core';
import type { JobRecord } from '../jobs-file/jobs-file.ts';
import { type EmittedWorkflow, isPlainCondition, verbsOf } from './emitted-workflow.ts';

/** IDs of the gate nodes that stand. */
export function findGates(plan: Plan, emitted: EmittedWorkflow): string[] {
  const held = readHeldBack(plan);
  const graph = waysOf(emitted);
  return plan.nodes.filter(isGate).flatMap(({ id }) => {
    const own = Object.entries(emitted.record.jobs).find(([, { nodes }]) => nodes.includes(id));
    if (own === undefined) return [];
    const [job, record] = own;
    return decides(emitted, job, record, id) && holdsBack(emitted, graph, job, id, held.get(id) ?? new Set())
      ? [id]
      : [];
  });
}

/** For each job, those that must have succeeded before it starts. */
type Ways = ReadonlyMap<string, ReadonlySet<string>>;

function waysOf({ parsed }: EmittedWorkflow): Ways {
  const jobs = new Map(parsed.jobs.map((job) => [job.id, job]));
  const ways = new Map<string, Set<string>>();
  for (const { id } of parsed.jobs) {
    const before = new Set<string>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const job = jobs.get(next);
      // A job that also runs after a failure waits, but for no success.
      if (job === undefined || !isPlainCondition(job.condition)) continue;
      for (const earlier of job.needs) {
        if (!before.has(earlier)) open.push(earlier);
        before.add(earlier);
      }
    }
    ways.set(id, before);
  }
  return ways;
}

/** Whether the job of a gate fails where the gate does not pass. */
function decides({ workflow }: EmittedWorkflow, id: string, record: JobRecord, gate: string): boolean {
  const job = workflow.jobs[id];
  if (job === undefined) return false;
  const verbs = verbsOf(job);
  if (record.gates.includes(gate))
    return (
      record.environment !== undefined &&
      job.environment?.name === record.environment &&
      verbs[0] === 'prove' &&
      record.proves.some((proven) => proven.gate === gate && proven.environment === record.environment)
    );
  if (record.work.type === 'function') return verbs.includes('step');
  if (record.work.type !== 'commands') return false;
  return verbs.includes('step') || hasCommands(job.steps, record.work.commands.length);
}

/** The commands of a gate, and the check behind them that all of them ran. */
function hasCommands(steps: EmittedWorkflow['workflow']['jobs'][string]['steps'], count: number): boolean {
  const at = steps.findIndex((step) => 'env' in step && step.env?.CDKPIPE_COMMANDS === String(count));
  const check = steps[at + 1];
  return at >= 0 && check !== undefined && 'run' in check && check.run.includes('cdkpipe/verdict');
}

function holdsBack(
  { record, workflow }: EmittedWorkflow,
  ways: Ways,
  job: string,
  gate: string,
  held: ReadonlySet<string>,
): boolean {
  const isPeoples = record.jobs[job]?.gates.includes(gate) === true;
  return Object.entries(record.jobs).every(([id, { nodes, proves }]) => {
    if (!nodes.some((node) => held.has(node))) return true;
    // GitHub asks before a job with an environment begins, so all of the job is behind the gate.
    if (id === job) return isPeoples;
    if (ways.get(id)?.has(job) !== true) return false;
    const hasCredentials = workflow.jobs[id]?.permissions['id-token'] === 'write';
    return !isPeoples || !hasCredentials || proves.some((proven) => proven.gate === gate);
  });
}
