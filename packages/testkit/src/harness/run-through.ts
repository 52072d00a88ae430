/** Rehearses a whole pipeline with the local engine; no step does anything. */

import type { LocalAction, TaskResult } from '@cdkpipe/backend-local';
import { openProject } from '@cdkpipe/core/host';
import type { TestProject } from './test-project.ts';

export interface RunThrough {
  readonly end: string;
}

const approved: TaskResult = { approved: true };
const rejectedByTest: TaskResult = { approved: false, reason: 'rejected by the test' };

/** @param rejected IDs of gates that do not pass */
export async function runThrough(test: TestProject, rejected: readonly string[]): Promise<RunThrough> {
  const [{ runPipeline }, { rehearsalDeployer }] = await Promise.all([
    import('@cdkpipe/backend-local/engine'),
    import('@cdkpipe/deployer-cloudformation'),
  ]);
  const project = await openProject(test.request('local'));
  const { end } = await runPipeline({
    project: {
      ...project,
      renderStep: async (node, _context, read) => {
        const isRejected = rejected.includes('gate' in node ? node.gate : node.id);
        const action: LocalAction = {
          type: 'task',
          retry: 'safe',
          run: async () => (isRejected ? rejectedByTest : approved),
        };
        return (read ? read(action) : action) as never;
      },
    },
    makeDeployer: ({ directory, pipeline }, store) =>
      rehearsalDeployer({ store, pipeline: pipeline.name, projectDirectory: directory }),
    skipBuild: true,
    concurrency: 1,
    variables: {},
    acceptChange: false,
    faults: [],
    alarms: [],
    skipWaits: true,
    person: { user: 'tested', account: 'tested' },
    answers: [{ step: '*', decision: 'approve' }],
    stop: new AbortController().signal,
    kill: new AbortController().signal,
    environment: {},
    observe: () => {},
  });
  return { end };
}
