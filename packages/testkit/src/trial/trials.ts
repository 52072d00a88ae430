/** Tries steps of a plugin in a real pipeline, on each backend, and remembers what came of each. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  deepFreeze,
  findOutputReferences,
  findReferences,
  isCdkpipeError,
  type Plugin,
  type Problem,
  type StepPosition,
} from '@cdkpipe/core';
import { type OpenedProject, openProject, type ProjectRequest, type SynthReport, synthesize } from '@cdkpipe/core/host';
import { type Rehearsed, rehearse } from '../rehearsal/rehearse.ts';
import type { Trouble } from '../rehearsal/trouble.ts';
import { watchWorld } from '../rehearsal/world-watch.ts';
import { definitionOf, deployments, type TriedStep } from './definition.ts';
import { drawLocally } from './draw-locally.ts';
import { type EmittedFiles, readEmitted } from './emitted.ts';
import { type Fault, judgeFault } from './judge-fault.ts';
import { backendPlugins, emittingBackend, runningBackend } from './tried-backends.ts';
import { writeStacks } from './write-stacks.ts';

/** What came of one step at one position on one backend. */
export type Outcome =
  | { readonly type: 'drawn'; readonly files?: EmittedFiles; readonly lost?: readonly string[] }
  | { readonly type: 'refused'; readonly problems: readonly Problem[] }
  | Fault;

export interface Trial {
  /** Name of the backend. */
  readonly backend: string;
  readonly position: StepPosition;
  readonly step: TriedStep;
}

export interface Trials {
  readonly plugin: Plugin;
  readonly companions: readonly Plugin[];
  /** The pipeline without a step of the plugin; its hooks are at work all the same. */
  bare(): Promise<Outcome>;
  attempt(trial: Trial): Promise<Outcome>;
  /** Runs a step that `local` draws with the local engine, in trouble; one entry for each action it became. */
  rehearse(trial: Omit<Trial, 'backend'>, trouble: Trouble): Promise<readonly Rehearsed[]>;
}

/** Where a build leaves its assembly by default, so that local runs find one without building. */
const bareOutput = 'cdk.out';

/** Nobody sends a plugin into an endless loop unseen. */
const pluginTimeoutMs = 10_000;

export function openTrials(project: string, plugin: Plugin, companions: readonly Plugin[]): Trials {
  watchWorld();
  const kinds = [plugin, ...companions].flatMap((each) => each.kinds ?? []);
  const examples = kinds.flatMap((kind) => kind.examples ?? []);
  for (const { files = {} } of examples) writeFiles(project, files);
  writeStacks(
    project,
    findOutputReferences(examples.map(({ options }) => options)).map(({ reference }) => reference),
  );
  const variables = findReferences(examples.map(({ options }) => options)).flatMap(({ reference }) =>
    reference.$ref === 'variable' ? [reference.name] : [],
  );
  const builtIns = [...backendPlugins, ...companions, plugin];
  const known = new Map<string, Promise<Outcome>>();
  let count = 0;

  function request(setting: Parameters<typeof definitionOf>[0], backend: string): ProjectRequest {
    const configPath = `trial-${count++}.json`;
    writeFileSync(join(project, configPath), JSON.stringify(definitionOf(setting)));
    return { cwd: project, configPath, builtIns, backend, pluginTimeoutMs };
  }

  async function synth(setting: Parameters<typeof definitionOf>[0]): Promise<Outcome> {
    const asked = request(setting, emittingBackend.name);
    const output = setting.step ? `out-${count}` : bareOutput;
    try {
      const report = await synthesize({ ...asked, output, validate: false });
      return { type: 'drawn', files: readEmitted(report.output), lost: await lostGates(report) };
    } catch (error) {
      // Nothing was written; a gate that a hook has lost is a matter of its own.
      const lost = lostTo(error);
      return lost.length > 0 ? { type: 'drawn', lost } : judgeFault(error);
    } finally {
      if (setting.step) rmSync(join(project, output), { recursive: true, force: true });
    }
  }

  let bare: Promise<Outcome> | undefined;
  const drawBare = () => {
    bare ??= synth({ variables });
    return bare;
  };

  const projects = new Map<string, Promise<OpenedProject>>();
  /** Once for each step, with a plan that is made once. */
  function openLocally({ position, step: definition }: Omit<Trial, 'backend'>): Promise<OpenedProject> {
    const key = JSON.stringify([position, definition]);
    const opened = projects.get(key) ?? open();
    projects.set(key, opened);
    return opened;

    async function open(): Promise<OpenedProject> {
      await drawBare();
      const step = { position, definition: deepFreeze(definition) };
      const project = await openProject(request({ variables, step }, runningBackend.name));
      let planned: ReturnType<OpenedProject['planFrom']> | undefined;
      const planFrom: OpenedProject['planFrom'] = (directory) => {
        planned ??= project.planFrom(directory);
        return planned;
      };
      return { ...project, planFrom };
    }
  }

  async function planAndDraw(trial: Trial): Promise<Outcome> {
    try {
      const opened = await openLocally(trial);
      const { plan } = await opened.planFrom(join(project, bareOutput));
      await drawLocally(opened, plan, project);
      return { type: 'drawn' };
    } catch (error) {
      return judgeFault(error);
    }
  }

  return {
    plugin,
    companions,
    bare: drawBare,
    attempt: async (trial) => {
      await drawBare();
      const key = JSON.stringify(trial);
      const step = { position: trial.position, definition: deepFreeze(trial.step) };
      const outcome =
        known.get(key) ?? (trial.backend === runningBackend.name ? planAndDraw(trial) : synth({ variables, step }));
      known.set(key, outcome);
      return outcome;
    },
    rehearse: async (trial, trouble) => {
      // A gate of a deployment holds back those of the next wave, any other those of its own as well.
      const held = trial.position === 'approval' ? deployments.slice(1) : deployments;
      return rehearse({ project: await openLocally(trial), trouble, held });
    },
  };
}

/** Gates that a hook was refused for, which takes them away or changes them. */
function lostTo(error: unknown): string[] {
  if (!isCdkpipeError(error) || error.source !== 'plugin') return [];
  return error.problems.flatMap(({ code, node }) =>
    /^GATE_(?:LOST|CHANGED|WEAKENED)$/.test(code) ? [node ?? code] : [],
  );
}

/** Gates of the plan that are not where they hold anything back in what lies on the disk at the very end. */
async function lostGates({ plan, output }: SynthReport): Promise<string[]> {
  const validated = await emittingBackend.options?.['~standard'].validate({});
  const options = validated && 'value' in validated ? validated.value : {};
  const { gates } = await emittingBackend.inspect(plan, { assembly: output, project: output }, options);
  const planned = plan.nodes.flatMap((node) => ('gate' in node ? [node.id] : []));
  return planned.filter((id) => !gates.includes(id));
}

function writeFiles(project: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}
