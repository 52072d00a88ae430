/** Checks that a step which goes wrong stops the deployment: small pipelines are run with the local engine. */
import type { Check, Finding, Subject } from '../check/check.ts';
import type { Rehearsed } from '../rehearsal/rehearse.ts';
import type { Trouble } from '../rehearsal/trouble.ts';
import { placeOf, type TriedExample, tryExamples } from '../subject/examples.ts';
import { runningBackend } from '../trial/tried-backends.ts';

interface Told {
  readonly tried: TriedExample;
  readonly rehearsed: readonly Rehearsed[];
}

/** Where no gate stands, nothing is held back. */
const isGatePosition = ({ trial }: TriedExample) => trial.position !== 'build';

/**
 * Every example where its kind stands first, and the first example everywhere else; there it is only rejected, as what a
 * step does when it crashes is no matter of its place. Each is a run of its own.
 */
async function examplesToRun(subject: Subject, trouble: Trouble): Promise<TriedExample[]> {
  if ((await subject.trials.bare()).type !== 'drawn') return [];
  const drawn = (await tryExamples(subject, [runningBackend.name])).filter(
    (tried) => tried.outcome.type === 'drawn' && isGatePosition(tried),
  );
  const examples = new Set<string>();
  const places = new Set<string>();
  return drawn.filter(({ kind, about, trial }) => {
    const place = `${kind.name} ${trial.position}`;
    const isNew = !examples.has(about) || (trouble === 'reject' && !places.has(place));
    examples.add(about);
    places.add(place);
    return isNew;
  });
}

const known = new WeakMap<Subject, Map<Trouble, Promise<readonly Told[]>>>();

function bringAbout(trouble: Trouble, subject: Subject): Promise<readonly Told[]> {
  const told = known.get(subject) ?? new Map<Trouble, Promise<readonly Told[]>>();
  known.set(subject, told);
  const runs = told.get(trouble) ?? runAll();
  told.set(trouble, runs);
  return runs;

  async function runAll(): Promise<Told[]> {
    const runs: Told[] = [];
    for (const tried of await examplesToRun(subject, trouble))
      runs.push({ tried, rehearsed: await subject.trials.rehearse(tried.trial, trouble) });
    return runs;
  }
}

/** What each trouble is, as a finding says it: of questions, and of tasks. */
const words: Readonly<Record<Trouble, Readonly<Record<Rehearsed['action'], string>>>> = {
  reject: { question: 'it is rejected', task: 'what it runs ends with exit code 1, and what it asks with status 500' },
  timeOut: { question: 'nobody answers in time', task: 'what it runs takes too long and is ended' },
  kill: { question: 'it is killed', task: 'what it runs is killed' },
  break: { question: 'a tool throws', task: 'a tool that it uses throws' },
  cancel: { question: 'the run is ended by force', task: 'the run is ended by force while it works' },
};

async function findPassing(subject: Subject, troubles: readonly Trouble[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const trouble of troubles)
    for (const { tried, rehearsed } of await bringAbout(trouble, subject))
      findings.push(...rehearsed.flatMap((one) => faultsOf(one, trouble, `${tried.about}, ${placeOf(tried.trial)}`)));
  return findings;
}

function faultsOf(rehearsed: Rehearsed, trouble: Trouble, about: string) {
  const { node, action, met, approved, clockOnly, executed, overdue, stuck } = rehearsed;
  const when = `when ${words[trouble][action]}`;
  if (stuck) return [{ about, message: `${node} does not end ${when}` }];
  if (!met && overdue)
    return [{ about, message: `what ${node} does ${when} was not seen: it did not begin or end in time` }];
  // Whoever ends before it can be cancelled, or lets time alone decide, need not have met it.
  if (!met && approved && action === 'task' && !clockOnly && trouble !== 'cancel')
    return [
      { about, message: `${node} passes, and what it does ${when} was not seen: it used no tool that could fail` },
    ];
  if (!met || (!approved && executed.length === 0)) return [];
  const behind = executed.length === 0 ? '' : `, and ${executed.join(' and ')} is deployed`;
  return [{ about, message: `${node} passes ${when}${behind}` }];
}

export const rejectionCheck: Check = {
  id: 'CP302',
  severity: 'error',
  title: 'a step that is rejected stops the deployment',
  why: 'a rejection and a failed check have to stop the deployment; in this check people reject, processes end with exit code 1, requests with status 500, and alarms go off',
  fix: 'let run of a task return { approved: false, reason } for every exit code but 0; let a question say in passUnless what must be looked at',
  looksAt: 'plugin',
  run: (subject) => findPassing(subject, ['reject']),
};

export const timeOutCheck: Check = {
  id: 'CP303',
  severity: 'error',
  title: 'a step that gets no answer in time stops the deployment',
  why: 'that nobody objected is no approval',
  fix: 'let run of a task return { approved: false, reason } where a process has timedOut; give questions a time-out that comes',
  looksAt: 'plugin',
  run: (subject) => findPassing(subject, ['timeOut']),
};

export const crashCheck: Check = {
  id: 'CP304',
  severity: 'error',
  title: 'a step that crashes stops the deployment',
  why: 'a check that was killed, ran out of memory or could not begin has found nothing out',
  fix: 'approve on exitCode 0 only, which is null for a process that a signal has ended; let errors of tools through',
  looksAt: 'plugin',
  run: (subject) => findPassing(subject, ['kill', 'break']),
};

export const cancelCheck: Check = {
  id: 'CP305',
  severity: 'error',
  title: 'a step that is cancelled ends, and does not approve',
  why: 'who stops a run wants nothing more to happen, and does not wait for what goes on',
  fix: 'wait with tools.sleep, run with tools.run, or listen to the signal; what ends by the signal is no approval',
  looksAt: 'plugin',
  run: (subject) => findPassing(subject, ['cancel']),
};

export const worldCheck: Check = {
  id: 'CP307',
  severity: 'error',
  title: 'a step reaches the world by its tools alone',
  why: 'what a task asks by itself cannot be tried, cancelled or kept out of a test; checks and tests would send real requests',
  fix: 'ask with tools.fetch or tools.aws, run with tools.run, tools.shell or tools.build',
  looksAt: 'plugin',
  async run(subject) {
    const told = await bringAbout('reject', subject);
    return told.flatMap(({ tried, rehearsed }) =>
      rehearsed.flatMap(({ node, outside }) =>
        outside.map((what) => ({
          about: `${tried.about}, ${placeOf(tried.trial)}`,
          message: `${node} uses ${what}, which no tool of its task gave it`,
        })),
      ),
    );
  },
};

const troubles: readonly Trouble[] = ['reject', 'timeOut', 'kill', 'break', 'cancel'];

export const stoppableCheck: Check = {
  id: 'CP306',
  severity: 'warning',
  title: 'cdkpipe run can be stopped by every kind',
  why: 'an approval that approves whatever happens is none, and a rehearsal that passes it tells its author nothing',
  fix: 'let the renderer for local do what the kind does, or declare a question where this machine cannot decide',
  looksAt: 'plugin',
  async run(subject) {
    const stops = new Map<string, boolean>();
    for (const trouble of troubles)
      for (const { tried, rehearsed } of await bringAbout(trouble, subject)) {
        const stopped = rehearsed.some(({ approved }) => !approved);
        stops.set(tried.kind.name, stopped || (stops.get(tried.kind.name) ?? false));
      }
    return [...stops].flatMap(([kind, stopped]) =>
      stopped ? [] : [{ about: `kind ${kind}`, message: 'it approves at once, whatever goes wrong' }],
    );
  },
};
