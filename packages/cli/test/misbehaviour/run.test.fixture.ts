/** Runs the small project on this machine, in this process, as a rehearsal. */
import { runPipeline } from '@cdkpipe/backend-local/engine';
import type { Plugin } from '@cdkpipe/core';
import { guardingProcess, openProject, synthesize } from '@cdkpipe/core/host';
import { rehearsalDeployer } from '@cdkpipe/deployer-cloudformation';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { assembly, builtIns, definition } from './project.test.fixture.ts';

interface Change {
  readonly configPath?: string;
  readonly resume?: string;
}

/** Gates that pass by themselves, so that only the plugin decides how a run ends. */
const quiet = {
  ...definition,
  waves: [
    { name: 'Prod', deployments: [{ name: 'Eu', env: definition.waves[0]?.deployments[0]?.env, assembly: 'built' }] },
  ],
};

export function engineFixture() {
  let cwd = '';
  return {
    open: async () => {
      const odd = structuredClone(quiet) as unknown as { waves: { deployments: Record<string, unknown>[] }[] };
      const [deployment] = odd.waves[0]?.deployments ?? [];
      if (deployment) deployment.approvals = { kind: 'odd', name: 'Odd' };
      cwd = makeDirectory({
        ...assembly,
        'cdkpipe.config.json': JSON.stringify(quiet),
        'odd.json': JSON.stringify(odd),
      });
      await synthesize({ cwd, builtIns, validate: false });
    },
    run: async (plugins: readonly Plugin[], { configPath, resume }: Change = {}) => {
      const events: Record<string, unknown>[] = [];
      let id = '';
      const work = () =>
        guardingProcess(undefined, async (stop) => {
          const project = await openProject({
            cwd,
            builtIns: [...builtIns, ...plugins],
            backend: 'local',
            pluginTimeoutMs: 400,
            signal: stop,
            ...(configPath === undefined ? {} : { configPath }),
          });
          return runPipeline({
            // The assembly was synthesised without the step `odd`, which only this machine can run; its stacks are the same.
            project: { ...project, checkAssembly: () => {} },
            makeDeployer: ({ directory, pipeline }, store) =>
              rehearsalDeployer({ store, pipeline: pipeline.name, projectDirectory: directory }),
            ...(resume === undefined ? {} : { resume }),
            skipBuild: true,
            concurrency: 4,
            acceptChange: true,
            variables: {},
            faults: [],
            alarms: [],
            skipWaits: false,
            person: { user: 'ada', account: 'ada' },
            answers: [],
            stop,
            kill: new AbortController().signal,
            environment: { ...process.env, CDKPIPE_TASK_TIMEOUT: '0.4' },
            observe: (news) => {
              if (news.type === 'run') id = news.run;
              if (news.type === 'record') events.push(news.record as unknown as Record<string, unknown>);
            },
          });
        });
      return { work, events: () => events, id: () => id };
    },
  };
}
