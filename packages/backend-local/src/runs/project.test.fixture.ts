/** Projects with a real definition, planned and run in this process. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSettings,
  defineBackend,
  definePlugin,
  everyPosition,
  everyReference,
  everySource,
  isGate,
  type Pipeline,
} from '@cdkpipe/core';
import { openProject, synthesize } from '@cdkpipe/core/host';
import type { Deployer } from '@cdkpipe/deployer-cloudformation';
import { rehearsalDeployer } from '@cdkpipe/deployer-cloudformation';
import { afterAll } from 'vitest';
import local from '../index.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { RunEvent } from '../journal/run-event.ts';
import { type RollbackRequest, rollBackRun } from './roll-back-run.ts';
import { type RunRequest, runPipeline } from './run-pipeline.ts';

/** Inside this package, so that definitions find the packages they need. */
const scratch = join(import.meta.dirname, '../../node_modules/.cache/projects');
const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

export const ada = { user: 'ada', account: 'ada' };

/** Draws nothing, so that there is an assembly of the stacks alone; no backend here knows another. */
const drawsNothing = definePlugin({
  name: 'draws-nothing',
  api: 1,
  backends: [
    defineBackend<Record<string, never>, Record<string, never>>({
      name: 'nothing',
      summary: 'Draws nothing.',
      capabilities: () => ({
        sources: everySource,
        buildSettings: { honoured: buildSettings },
        positions: everyPosition,
        references: everyReference,
        selfUpdate: false,
        runInOtherEnvironments: true,
        rollback: true,
      }),
      check: () => [],
      render: async () => [],
      inspect: async (plan) => ({
        gates: plan.nodes.filter(isGate).map(({ id }) => id),
        problems: [],
        slices: new Map(),
      }),
    }),
  ],
  renderers: ['manual', 'codebuild'].map((kind) => ({ backend: 'nothing', kind, render: () => ({}) })),
});

export interface TestProject {
  readonly directory: string;
  /** Makes the assembly that runs with `skipBuild` take. */
  synthesize(): Promise<void>;
  /** Writes the definition anew. */
  define(definition: string): void;
  run(change?: Partial<RunRequest>): Promise<TestRun>;
  rollBack(run: string, change?: Partial<RollbackRequest>): ReturnType<typeof rollBackRun>;
  /** Templates in the assembly, by file name. */
  templates(): string[];
}

export interface TestRun {
  readonly run: string;
  readonly end: string;
  readonly records: readonly JournalRecord[];
  readonly events: readonly RunEvent[];
  readonly lines: readonly string[];
}

/** @param files beside the definition */
export function makeProject(definition: string, files: Readonly<Record<string, string>> = {}): TestProject {
  mkdirSync(scratch, { recursive: true });
  const directory = mkdtempSync(join(scratch, 'case-'));
  made.push(directory);
  const define = (text: string) => writeFileSync(join(directory, 'cdkpipe.config.ts'), text);
  define(definition);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text);
  const builtIns = [local, drawsNothing];
  const rehearsal = (store: string, { name, rehearsal: against }: Pipeline): Deployer =>
    rehearsalDeployer({ store, pipeline: name, projectDirectory: directory, rehearsal: against });
  const never = new AbortController().signal;
  return {
    directory,
    define,
    synthesize: async () => {
      await synthesize({ cwd: directory, output: 'cdk.out', builtIns, backend: 'nothing', validate: false });
    },
    run: async (change = {}) => {
      const project = await openProject({ cwd: directory, builtIns, backend: 'local' });
      const records: JournalRecord[] = [];
      const lines: string[] = [];
      const { run, end } = await runPipeline({
        project,
        makeDeployer: ({ pipeline }, store) => rehearsal(store, pipeline),
        skipBuild: true,
        concurrency: 4,
        acceptChange: false,
        variables: {},
        faults: [],
        alarms: [],
        skipWaits: false,
        person: ada,
        answers: [],
        stop: never,
        kill: never,
        environment: process.env,
        observe: (news) => {
          if (news.type === 'record') records.push(news.record);
          if (news.type === 'log') lines.push(`${news.node} ${news.line}`);
          if (news.type === 'remark') lines.push(news.text);
        },
        ...change,
      });
      return { run, end, records, events: records.map(({ event }) => event), lines };
    },
    rollBack: async (run, change = {}) => {
      const project = await openProject({ cwd: directory, builtIns, backend: 'local' });
      return rollBackRun({
        project,
        run,
        makeDeployer: async (_mode, store) => rehearsal(store, project.pipeline),
        deployments: [],
        acceptChange: false,
        concurrency: 4,
        person: ada,
        confirm: async () => {},
        stop: never,
        kill: never,
        environment: process.env,
        observe: () => {},
        ...change,
      });
    },
    templates: () =>
      readdirSync(join(directory, 'cdk.out'), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.template.json'),
      ),
  };
}
