import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Example, planExample } from '../fixture/example.test.fixture.ts';
import { inspectWorkflow } from '../inspect/inspect-workflow.ts';
import { hasCredentials } from '../jobs/job.ts';
import type { Customize } from '../options/options.ts';
import { readWorkflow } from '../workflow/read-workflow.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { type RenderedWorkflow, renderWorkflow } from './render-workflow.ts';

const mark = 'made by a test';
const orders = join(import.meta.dirname, '../../../../examples/orders');

let example: Example;
let rendered: RenderedWorkflow;
let workflow: Workflow;
beforeAll(async () => {
  example = await planExample(orders);
  rendered = await renderWorkflow({ ...example, options: {}, mark });
  workflow = readWorkflow(rendered.text);
});

describe('examples/orders', () => {
  test('has at most 15 jobs, 40 dependencies and 8 jobs with credentials', () => {
    const edges = rendered.jobs.flatMap(({ needs }) => needs).length;
    const credentialed = rendered.jobs.filter(hasCredentials).length;
    expect({ jobs: rendered.jobs.length, edges, credentialed }).toEqual({ jobs: 15, edges: 29, credentialed: 7 });
  });

  test('is the same bytes each time, and says what made it', async () => {
    const again = await renderWorkflow({ ...example, options: {}, mark });
    expect(again.text).toBe(rendered.text);
    expect(rendered.text.split('\n')[0]).toBe('# made by a test');
  });

  test('gives rights to jobs only, and tokens for AWS to those with credentials', () => {
    expect(workflow.permissions).toEqual({});
    const tokens = Object.entries(workflow.jobs).flatMap(([id, { permissions }]) =>
      permissions['id-token'] === 'write' ? [id] : [],
    );
    expect(tokens).toEqual([
      'Source',
      'Beta',
      'ProdEu__prepare',
      'ProdEu__execute-1',
      'ProdEu__execute-2',
      'ProdEu__execute-3',
      'ProdUs',
    ]);
    expect(workflow.jobs.Build?.permissions).toEqual({ contents: 'read' });
  });

  test('never lets two runs deploy at the same time, and cancels none', () => {
    expect(workflow.concurrency).toEqual({ group: 'cdkpipe-orders', queue: 'max', 'cancel-in-progress': false });
  });

  test('uses actions by their commits, with the release as a comment', () => {
    const uses = [...rendered.text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(20);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('has no expression in commands, and a time-out on each job', () => {
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      for (const step of job.steps) if ('run' in step) expect(step.run).not.toContain('${{');
    }
  });

  test('leaves no token in a clone', () => {
    for (const { steps } of Object.values(workflow.jobs))
      for (const step of steps)
        if ('uses' in step && step.uses.startsWith('actions/checkout@'))
          expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('asks for a review in the environment of the job that executes', () => {
    expect(workflow.jobs['ProdEu__execute-1']?.environment).toEqual({ name: 'ProdEu/execute-1' });
    expect(rendered.record.jobs['ProdEu__execute-1']?.gates).toEqual([
      'ProdEu/ReviewChanges:Data',
      'ProdEu/ReviewChanges:Network',
    ]);
    expect(workflow.jobs.ProdUs?.environment).toEqual({ name: 'ProdUs' });
    expect(rendered.record.jobs.ProdUs?.gates).toEqual(['ProdUs:before/EuropeIsHealthy']);
  });

  test('proves every gate of people before each job with credentials that stands behind it', () => {
    const proves = Object.fromEntries(rendered.jobs.map(({ id, proves }) => [id, proves.map(({ gate }) => gate)]));
    expect(proves.ProdEu__prepare).toEqual([]);
    expect(proves['ProdEu__execute-1']).toEqual(['ProdEu/ReviewChanges:Data', 'ProdEu/ReviewChanges:Network']);
    expect(proves.ProdUs?.slice(-1)).toEqual(['ProdUs:before/EuropeIsHealthy']);
    expect(proves.ProdUs?.length).toBe(6);
    expect(proves.ProdUs__Done?.slice(-1)).toEqual(['ProdUs/Done']);
  });
});

describe('what is read back', () => {
  const inspect = async (customize?: Customize) => {
    const { path, text, record } = await renderWorkflow({ ...example, options: customize ? { customize } : {}, mark });
    return inspectWorkflow(example.plan, path, text, record);
  };
  const gates = () =>
    example.plan.nodes.filter(({ type }) => type === 'review' || type === 'approve').map(({ id }) => id);

  test('holds every gate of the plan, and has no fault', async () => {
    expect(await inspect()).toEqual({ gates: gates(), problems: [] });
  });

  const lost = async (customize: Customize) => {
    const { gates: found, problems } = await inspect(customize);
    return { lost: gates().filter((gate) => !found.includes(gate)), problems: problems.map(({ message }) => message) };
  };
  const job = (edited: Workflow, id: string) => {
    const found = edited.jobs[id];
    if (found === undefined) throw new Error(id);
    return found;
  };

  test('misses a gate when the job behind it no longer waits for it', async () => {
    const { lost: gone } = await lost((edited) => {
      job(edited, 'ProdUs').needs = ['Build'];
    });
    expect(gone).toEqual(expect.arrayContaining(['ProdEu/Smoke', 'ProdEu/Latency', 'Beta/Smoke']));
  });

  test.each(['always()', '!cancelled()', 'success() || true', "failure() && github.ref == 'x'", '!success()'])(
    'misses the gates before a job that runs if %s',
    async (condition) => {
      const { lost: gone, problems } = await lost((edited) => {
        job(edited, 'ProdUs').if = condition;
      });
      expect(gone).toEqual(expect.arrayContaining(['ProdEu/Smoke', 'ProdEu/Latency']));
      expect(problems.join('\n')).toContain('the job ProdUs runs under the condition');
    },
  );

  test('misses the gate of an environment that was taken away, or is another one', async () => {
    const { lost: none } = await lost((edited) => {
      delete job(edited, 'ProdEu__execute-1').environment;
    });
    expect(none).toEqual(['ProdEu/ReviewChanges:Data', 'ProdEu/ReviewChanges:Network']);
    const { lost: other } = await lost((edited) => {
      job(edited, 'ProdUs__Done').environment = { name: 'Beta' };
    });
    expect(other).toEqual(['ProdUs/Done']);
  });

  test('misses the gate of a job that does not prove it, and names the job', async () => {
    const { lost: gone, problems } = await lost((edited) => {
      const { steps } = job(edited, 'ProdUs');
      steps.splice(
        steps.findIndex(({ id }) => id === 'prove'),
        1,
      );
    });
    expect(gone).toEqual(['ProdUs:before/EuropeIsHealthy']);
    expect(problems).toEqual(['the job ProdUs does not begin by proving the approvals before it']);
  });

  test('misses the gate of commands that nobody checks', async () => {
    const { lost: gone } = await lost((edited) => {
      job(edited, 'Beta__Smoke').steps.pop();
    });
    expect(gone).toEqual(['Beta/Smoke']);
  });

  test.each<[string, Customize, string]>([
    [
      'a tag of an action',
      (edited) => void job(edited, 'Build').steps.push({ uses: 'actions/cache@v4' }),
      'no full SHA',
    ],
    [
      'an expression in commands',
      (edited) => void job(edited, 'Build').steps.push({ name: 'x', run: 'echo ${{ github.actor }}' }),
      'an expression in the commands',
    ],
    [
      'rights for all jobs',
      (edited) => void Object.assign(edited, { permissions: { contents: 'write' } }),
      'rights of the workflow',
    ],
    [
      'a job of others with tokens',
      (edited) => void Object.assign(edited.jobs, { mine: { ...job(edited, 'Beta'), needs: [] } }),
      'no role is meant for it',
    ],
    [
      'a failure that does not count',
      (edited) => void Object.assign(job(edited, 'Beta'), { 'continue-on-error': true }),
      'counts as passed',
    ],
    [
      'a step that may fail',
      (edited) => void Object.assign(job(edited, 'Beta').steps[0] ?? {}, { 'continue-on-error': true }),
      'goes on when',
    ],
    [
      'a key that GitHub does not know',
      (edited) => void Object.assign(job(edited, 'Beta'), { retries: 2 }),
      'GitHub would refuse',
    ],
    [
      'commands that are too long',
      (edited) => void job(edited, 'Build').steps.push({ name: 'x', run: '#'.repeat(21_001) }),
      '1 more than 21000',
    ],
    [
      'a time-out that no machine of GitHub has',
      (edited) => void Object.assign(job(edited, 'Beta'), { 'timeout-minutes': 400 }),
      '40 more than 360',
    ],
  ])('names %s', async (_title, customize, message) => {
    expect((await lost(customize)).problems.join('\n')).toContain(message);
  });
});
