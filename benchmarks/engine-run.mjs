/**
 * One measurement of the local engine, in a process of its own: `engine-run.mjs MODE COUNT [WIDTH]`. Prints JSON on
 * stdout. The plan is a wave of actions that do nothing, WIDTH at a time; the store is the real one, on disk.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openRunStore, runEngine, systemClock } from '@cdkpipe/backend-local/engine';
import { work } from './paths.mjs';

const [mode, countText, widthText = '8'] = process.argv.slice(2);
const count = Number(countText);
const width = Number(widthText);
const person = { user: 'bench', account: 'bench' };

/** Rows of WIDTH, each action after the one above it. */
const nodes = Array.from({ length: count }, (_, index) => ({
  id: `Bench/${index}:execute`,
  name: `${index}`,
  group: 'Bench',
  after: index < width ? [] : [`Bench/${index - width}:execute`],
  path: '',
  type: 'execute',
  deployment: 'Bench',
  stack: `${index}`,
  changeSet: false,
  outputs: [],
}));
const plan = {
  pipeline: { name: 'bench', waves: [] },
  backend: 'local',
  groups: [{ name: 'Bench', type: 'wave', path: '' }],
  nodes,
  notes: [],
};

function carryOn(store, { until = Number.POSITIVE_INFINITY } = {}) {
  const stop = new AbortController();
  let done = 0;
  return runEngine({
    run: 'r',
    store,
    clock: systemClock(),
    course: {
      beginning: plan,
      whole: plan,
      planWhole: async () => ({ plan, digest: 'd' }),
      workOf: async () => ({
        type: 'task',
        retry: 'safe',
        run: async () => {
          done += 1;
          if (done >= until) stop.abort();
          return { outcome: 'succeeded', summary: 'nothing was done', result: { outputs: { Url: 'https://bench' } } };
        },
      }),
    },
    concurrency: width,
    person,
    stop: stop.signal,
    kill: new AbortController().signal,
    observe: () => {},
    tell: () => {},
  });
}

const directory = mkdtempSync(join(work, 'engine-'));
try {
  const store = openRunStore(directory);
  const started = {
    type: 'runStarted',
    pipeline: 'bench',
    mode: 'rehearsal',
    deployer: 'none',
    model: 'm',
    by: person,
  };
  store.begin('r', { ...started, source: { dirty: false }, skipBuild: true }, new Date());
  if (mode === 'resume') {
    // All but the last row is done; then it is opened as `--resume` opens it.
    await carryOn(store, { until: count - width });
    store.close();
    const start = performance.now();
    const again = openRunStore(directory);
    again.read('r');
    const first = carryOn(again);
    const end = await first;
    report({ milliseconds: performance.now() - start, end });
    again.close();
  } else {
    const start = performance.now();
    const end = await carryOn(store);
    report({ milliseconds: (performance.now() - start) / count, end });
    store.close();
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function report({ milliseconds, end }) {
  if (end !== 'succeeded') throw new Error(`the run ended as ${end}`);
  process.stdout.write(JSON.stringify({ milliseconds, peak: process.resourceUsage().maxRSS / 1024 }));
}
