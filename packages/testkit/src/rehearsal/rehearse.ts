/** Runs the pipeline of a trial with the local engine, with one action of the step under test in trouble. */
import { join } from 'node:path';
import type { LocalAction, LocalContext } from '@cdkpipe/backend-local';
import { isGate, type PlanNode } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import { alarmingDeployer } from './alarming-deployer.ts';
import { type Met, type Trouble, troubled } from './trouble.ts';

/** What came of one action of a step that got into trouble. */
export interface Rehearsed extends Met {
  readonly node: string;
  readonly action: LocalAction['type'];
  /** Deployments that the step holds back, and that were executed all the same. */
  readonly executed: readonly string[];
  /** Whether the run was ended by force, as the action did not begin or end in time. */
  readonly overdue: boolean;
  /** Whether the run had to be given up, as the task went on when it was ended by force. */
  readonly stuck: boolean;
}

/**
 * Milliseconds until a run that has not come to the action, or an action that goes on, is ended by force, and then until the
 * run is given up. A run takes long on a busy machine, and no action has misbehaved then.
 */
const limits = { begin: 120_000, action: 10_000, end: 15_000 } as const;

/** Further away than any question waits. */
const tenYears = 10 * 365 * 86_400_000;

export interface RehearsalInput {
  readonly project: OpenedProject;
  readonly trouble: Trouble;
  /** Names of the deployments behind the step. */
  readonly held: readonly string[];
}

/** Actions that turned out to be questions, by project: they run nothing that could crash. */
const questions = new WeakMap<OpenedProject, Set<string>>();

/** Once for each action that the step became; the others pass. */
export async function rehearse(input: RehearsalInput): Promise<Rehearsed[]> {
  const { project, trouble } = input;
  const { plan } = await project.planFrom(join(project.directory, 'cdk.out'));
  const asking = questions.get(project) ?? new Set<string>();
  questions.set(project, asking);
  const rehearsed: Rehearsed[] = [];
  for (const node of plan.nodes.filter(isGate)) {
    if (asking.has(node.id) && (trouble === 'kill' || trouble === 'break')) continue;
    const one = await rehearseNode(input, node);
    if (one.action === 'question') asking.add(node.id);
    rehearsed.push(one);
  }
  return rehearsed;
}

async function rehearseNode({ project, trouble, held }: RehearsalInput, under: PlanNode): Promise<Rehearsed> {
  const [{ runPipeline }, { rehearsalDeployer }] = await Promise.all([
    import('@cdkpipe/backend-local/engine'),
    import('@cdkpipe/deployer-cloudformation'),
  ]);
  const executed = new Set<string>();
  let action: LocalAction['type'] = 'task';
  let met: Met = { met: false, approved: false, clockOnly: false, outside: [] };
  const kill = new AbortController();
  const begun = new AbortController();

  const renderStep = async (node: PlanNode, context: unknown): Promise<LocalAction> => {
    if (node.id !== under.id) return passing;
    const declared = (await project.renderStep(node, alarmed(context as LocalContext, under))) as LocalAction;
    action = declared.type;
    if (declared.type === 'question') return declared;
    return troubled(trouble, {
      task: declared,
      onBegin: () => begun.abort(),
      onEnd: (end) => {
        met = end;
      },
      cancel: () => kill.abort(),
    });
  };

  const run = (resume: string | undefined, decision: 'approve' | 'reject' | undefined) =>
    runPipeline({
      project: {
        ...project,
        // Every trial takes the assembly that the first has made: its stacks are the same.
        checkAssembly: () => {},
        renderStep: async (node, context, read) => {
          const action = await renderStep(node, context);
          return (read ? read(action) : action) as never;
        },
      },
      makeDeployer: ({ directory, pipeline }, store) =>
        alarmingDeployer(rehearsalDeployer({ store, pipeline: pipeline.name, projectDirectory: directory }), (name) =>
          executed.add(name),
        ),
      ...(resume === undefined ? {} : { resume, at: new Date(Date.now() + tenYears) }),
      skipBuild: true,
      concurrency: 4,
      variables: {},
      acceptChange: false,
      faults: [],
      alarms: [],
      skipWaits: false,
      person: { user: 'conformance', account: 'conformance' },
      answers: decision === undefined ? [] : [{ step: '*', decision }],
      stop: new AbortController().signal,
      kill: kill.signal,
      environment: {},
      observe: (news) => {
        const isOfNode = news.type === 'record' && 'node' in news.record.event && news.record.event.node === under.id;
        if (!isOfNode || action !== 'question') return;
        const { event } = news.record;
        if (event.type === 'questionAsked') begun.abort();
        if (event.type === 'questionAsked' && trouble === 'cancel') kill.abort();
        if (event.type === 'actionEnded') met = { ...met, met: true, approved: event.outcome === 'succeeded' };
      },
    });

  const limited = { kill, begun: begun.signal, overdue: false };
  const first = await within(limited, run(undefined, trouble === 'reject' ? 'reject' : undefined));
  // An approval that comes after the time is up must not count.
  const resumed = { kill, begun: new AbortController().signal, overdue: false };
  if (first?.end === 'waiting' && trouble === 'timeOut') await within(resumed, run(first.run, 'approve'));
  return {
    node: under.id,
    action,
    ...met,
    executed: [...executed].filter((name) => held.includes(name)),
    overdue: limited.overdue || resumed.overdue,
    stuck: first === undefined,
  };
}

const passing: LocalAction = { type: 'task', retry: 'safe', run: async () => ({ approved: true }) };

/** Every text in the options counts as an alarm that has gone off. */
function alarmed(context: LocalContext, node: PlanNode): LocalContext {
  return { ...context, ringing: isGate(node) ? textsIn(node.step.options) : [] };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

interface Limited {
  readonly kill: AbortController;
  /** Aborted when the action begins. */
  readonly begun: AbortSignal;
  overdue: boolean;
}

/** @returns undefined where the run does not even end by force */
async function within<T>(limited: Limited, run: Promise<T>): Promise<T | undefined> {
  const { kill, begun } = limited;
  const timers: NodeJS.Timeout[] = [];
  const end = () => {
    limited.overdue = true;
    kill.abort();
  };
  const givenUp = new Promise<undefined>((resolve) => {
    const giveUp = () => timers.push(setTimeout(() => resolve(undefined), limits.end));
    kill.signal.addEventListener('abort', giveUp, { once: true });
    const toBegin = setTimeout(end, limits.begin);
    timers.push(toBegin);
    const watch = () => {
      clearTimeout(toBegin);
      timers.push(setTimeout(end, limits.action));
    };
    if (begun.aborted) watch();
    else begun.addEventListener('abort', watch, { once: true });
  });
  try {
    return await Promise.race([run, givenUp]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
