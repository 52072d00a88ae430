/** Opens a backend for its checks: projects to draw in, and what came of each definition. */
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Backend,
  type BackendCapabilities,
  buildSettings,
  defineBackend,
  definePlugin,
  defineRenderer,
  type Emitted,
  everyPosition,
  everyReference,
  everySource,
  isCdkpipeError,
  type Plugin,
  type Problem,
} from '@cdkpipe/core';
import { openProject, synthesize } from '@cdkpipe/core/host';
import { makeProject } from '../subject/make-project.ts';
import { type EmittedFiles, readEmitted } from '../trial/emitted.ts';
import { type Fault, judgeFault } from '../trial/judge-fault.ts';
import type { BackendTrial, DrawnPipeline, StepSamples } from './backend-trial.ts';
import { findSource } from './samples.ts';
import { type DefinitionBase, defaultSteps, deployedAssemblies } from './whole-definition.ts';
import { writeApps } from './write-apps.ts';

/** What came of a definition. */
export type Drawing =
  | ({ readonly type: 'drawn' } & DrawnPipeline)
  | { readonly type: 'refused'; readonly problems: readonly Problem[] }
  | (Fault & { readonly error: unknown });

export interface DrawRequest {
  /** Where it is drawn: each project is elsewhere and has the same content; default 0. */
  readonly project?: number;
  readonly output?: string;
  readonly signal?: AbortSignal;
  /** Takes the place of the renderer of a kind. */
  readonly renderer?: { readonly kind: string; render(): unknown };
  /** The backend that does nothing in place of the one that is checked. */
  readonly withoutBackend?: true;
}

export interface OpenedBackend {
  readonly trial: BackendTrial;
  readonly backend: Backend;
  readonly capabilities: BackendCapabilities;
  readonly steps: StepSamples;
  /** What the definitions have in common. */
  readonly base: DefinitionBase;
  /** Directory of a project; made when it is first asked for. */
  project(index?: number): string;
  draw(definition: object, request?: DrawRequest): Promise<Drawing>;
  /** A copy of what was emitted, to be changed. */
  copyOf(drawn: DrawnPipeline): DrawnPipeline;
  [Symbol.dispose](): void;
}

/** Nobody sends a renderer into an endless loop unseen. */
const pluginTimeoutMs = 20_000;

/** The plugin whose renderers are at fault on purpose. */
export const faultyPlugin = 'conformance-faults';

export async function openBackend(trial: BackendTrial): Promise<OpenedBackend> {
  const found = (trial.plugin.backends ?? []).find(({ name }) => trial.backend === undefined || name === trial.backend);
  if (!found)
    throw new Error(`the plugin ${trial.plugin.name} has no backend${trial.backend ? ` "${trial.backend}"` : ''}`);
  const backend: Backend = found;
  const validated = await backend.options?.['~standard'].validate(trial.options ?? {});
  if (validated && 'issues' in validated && validated.issues)
    throw new Error(
      `the options of the trial are refused: ${validated.issues.map(({ message }) => message).join(', ')}`,
    );
  const options = validated && 'value' in validated ? validated.value : {};
  const capabilities = backend.capabilities(options);
  const directories = new Map<number, string>();
  let count = 0;

  const project = (index = 0): string => {
    const made =
      directories.get(index) ?? makeTrialProject(trial.directory ?? process.cwd(), index > 0 ? project(0) : undefined);
    directories.set(index, made);
    return made;
  };

  async function draw(definition: object, request: DrawRequest = {}): Promise<Drawing> {
    const cwd = project(request.project);
    const configPath = 'conformance.json';
    writeFileSync(join(cwd, configPath), JSON.stringify(definition));
    const output = request.output ?? `cdk-${count++}.out`;
    const directory = join(cwd, output);
    const asked = {
      cwd,
      configPath,
      backend: request.withoutBackend ? idle.name : backend.name,
      builtIns: pluginsOf(trial, backend.name, request),
      pluginTimeoutMs,
      ...(request.signal ? { signal: request.signal } : {}),
    };
    try {
      const { plan, sourceDirectory, projectFiles } = await synthesize({ ...asked, output, validate: false });
      const emitted = { assembly: directory, project: join(cwd, `files-${count++}`) };
      for (const file of projectFiles) cpSync(join(sourceDirectory, file), join(emitted.project, file));
      if (trial.drawSteps && !request.withoutBackend)
        await trial.drawSteps(await openProject(asked), { plan, directory, project: cwd });
      return { type: 'drawn', plan, options, directory, emitted, project: cwd, files: readAll(emitted) };
    } catch (error) {
      const judged = judgeFault(error);
      return judged.type === 'refused' ? judged : { ...judged, error };
    }
  }

  return {
    trial,
    backend,
    capabilities,
    steps: { ...defaultSteps, ...trial.steps },
    base: {
      source: findSource(capabilities),
      backends: trial.options === undefined ? {} : { [backend.name]: trial.options },
    },
    project,
    draw,
    copyOf: (drawn) => {
      const directory = join(drawn.project, `copy-${count++}`);
      const emitted = { assembly: directory, project: `${directory}-files` };
      cpSync(drawn.directory, directory, { recursive: true });
      if (existsSync(drawn.emitted.project)) cpSync(drawn.emitted.project, emitted.project, { recursive: true });
      return { ...drawn, directory, emitted };
    },
    [Symbol.dispose]: () => {
      for (const directory of directories.values()) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Files of the project are those under `./`. */
function readAll({ assembly, project }: Emitted): EmittedFiles {
  const files = existsSync(project) ? readEmitted(project) : [];
  return new Map([...readEmitted(assembly), ...[...files].map(([path, text]) => [`./${path}`, text] as const)]);
}

/** @param original a project whose apps are taken over: the CDK writes down where it made one */
function makeTrialProject(from: string, original: string | undefined): string {
  const cwd = makeProject('conformance', from, []);
  if (original === undefined) {
    writeFileSync(join(cwd, 'file.txt'), 'an asset\n');
    writeApps(cwd, deployedAssemblies);
  } else
    for (const each of [...deployedAssemblies, 'file.txt'])
      cpSync(join(original, each), join(cwd, each), { recursive: true });
  return cwd;
}

/** Draws nothing, so that what the core writes can be told from what a backend adds. */
const idle = defineBackend({
  name: 'conformance-idle',
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
    gates: plan.nodes.flatMap((node) => ('gate' in node ? [node.id] : [])),
    problems: [],
    slices: new Map(),
  }),
});

function pluginsOf({ plugin, plugins = [] }: BackendTrial, backend: string, request: DrawRequest): Plugin[] {
  const { renderer } = request;
  const all = [plugin, ...plugins];
  const kinds = [...new Set(all.flatMap((each) => each.kinds ?? []).map(({ name }) => name))];
  const blank = kinds.map((kind) => defineRenderer({ backend: idle.name, kind, render: () => ({}) }));
  const idlePlugin = definePlugin({ name: 'conformance-idle', api: 1, backends: [idle], renderers: blank });
  if (renderer === undefined) return [...all, idlePlugin];
  const without = all.map((each) => ({
    ...each,
    renderers: (each.renderers ?? []).filter((own) => own.backend !== backend || own.kind !== renderer.kind),
  }));
  const faulty = definePlugin({
    name: faultyPlugin,
    api: 1,
    renderers: [defineRenderer({ backend, kind: renderer.kind, render: () => renderer.render() })],
  });
  return [...without, faulty, idlePlugin];
}

/** True for a fault of the plugin with the faulty renderer. */
export function isOfFaultyPlugin(error: unknown): boolean {
  return (
    isCdkpipeError(error) && error.source === 'plugin' && error.problems.some(({ plugin }) => plugin === faultyPlugin)
  );
}
