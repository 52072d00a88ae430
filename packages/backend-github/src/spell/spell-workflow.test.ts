import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Example, planExample } from '../fixture/example.test.fixture.ts';
import type { Job } from '../jobs/job.ts';
import { hasCredentials } from '../jobs/job.ts';
import { layOutJobs } from '../jobs/lay-out-jobs.ts';
import { actionsOf } from '../options/read-options.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { writeWorkflow } from '../workflow/write-workflow.ts';
import { spellWorkflow } from './spell-workflow.ts';

const orders = join(import.meta.dirname, '../../../../examples/orders');

describe('examples/orders', () => {
  let example: Example;
  let jobs: readonly Job[];
  let workflow: Workflow;
  beforeAll(async () => {
    example = await planExample(orders);
    jobs = layOutJobs({ ...example, options: {} });
    workflow = spellWorkflow({ plan: example.plan, jobs, options: {} });
  });

  test('has at most 15 jobs, 40 dependencies and 8 jobs with credentials', () => {
    const edges = jobs.flatMap(({ needs }) => needs).length;
    expect(jobs.length).toBeLessThanOrEqual(15);
    expect(edges).toBeLessThanOrEqual(40);
    expect(jobs.filter(hasCredentials).length).toBeLessThanOrEqual(8);
    expect({ jobs: jobs.length, edges, credentialed: jobs.filter(hasCredentials).length }).toMatchInlineSnapshot(`
      {
        "credentialed": 7,
        "edges": 32,
        "jobs": 15,
      }
    `);
  });

  test('is written', () => {
    const text = writeWorkflow({ workflow, header: ['made'], actions: Object.values(actionsOf({})) });
    writeFileSync('/tmp/orders.yml', text);
  });
});
