/** The story of `cdkpipe migrate`: load the old app, write the definition, synthesise both, compare. */
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isCdkpipeError, refused } from '@cdkpipe/core';
import { type ProjectRequest, readContext, synthesize } from '@cdkpipe/core/host';
import { compareStacks } from './compare/compare-stacks.ts';
import { diffTemplates } from './compare/diff-templates.ts';
import { readAssembly } from './compare/read-assembly.ts';
import type { ClassImport } from './definition/imports.ts';
import { writeDefinition } from './definition/write-definition.ts';
import { findAppCommand } from './load/app-command.ts';
import { findClass } from './load/find-class.ts';
import { missingPackages } from './load/missing-packages.ts';
import {
  definitionMissing,
  definitionThere,
  fileNotWritten,
  pipelineNotFound,
  pipelinesNotOne,
  pipelineUnknown,
} from './load/problems.ts';
import { type LoadedApp, runApp } from './load/run-app.ts';
import type { MigrateReport } from './migrate-report.ts';
import type { Note } from './old-app/note.ts';
import type { OldPipeline, OldStage } from './old-app/old-app.ts';

export interface MigrateRequest {
  /** Command of the old app; that of `cdk.json` when absent. */
  readonly app?: string;
  /** Absolute path of the definition. */
  readonly file: string;
  readonly mode: 'write' | 'replace' | 'check';
  /** Stack of the pipeline to move, where the app has several. */
  readonly pipeline?: string;
}

/** @throws CdkpipeError (`source: 'user'`) where the app cannot be loaded or the definition is there already */
export async function migrateApp(request: MigrateRequest, project: ProjectRequest): Promise<MigrateReport> {
  const { cwd, signal } = project;
  const { file, mode } = request;
  if (mode === 'write' && existsSync(file)) throw refused([definitionThere(relative(cwd, file))]);
  if (mode === 'check' && !existsSync(file)) throw refused([definitionMissing(relative(cwd, file))]);
  const command = findAppCommand(cwd, request.app);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-migrate-')));
  try {
    const context = readContext(cwd);
    const loaded = await runApp({ command, directory: cwd, scratch, context, ...(signal && { signal }) });
    const pipeline = choosePipeline(loaded, command, request);
    const notes = pipeline && mode !== 'check' ? write(pipeline, loaded, request, cwd) : [];
    const common = {
      file,
      wasWritten: mode !== 'check',
      ...(pipeline && { old: countOld(pipeline) }),
      notes,
    };
    return { ...common, ...(await compare({ pipeline, loaded, file, scratch }, project)) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function choosePipeline(
  { apps }: LoadedApp,
  command: string,
  { pipeline, mode }: MigrateRequest,
): OldPipeline | undefined {
  const all = apps.flatMap(({ pipelines }) => pipelines);
  const stacks = all.map(({ stack }) => stack);
  if (pipeline !== undefined) {
    const chosen = all.find(({ stack }) => stack === pipeline);
    if (chosen === undefined) throw refused([pipelineUnknown(pipeline, stacks)]);
    return chosen;
  }
  if (all.length > 1 && mode !== 'check') throw refused([pipelinesNotOne(stacks)]);
  if (all.length === 0 && mode !== 'check') throw refused([pipelineNotFound(command)]);
  return all.length === 1 ? all[0] : undefined;
}

function write(pipeline: OldPipeline, { apps }: LoadedApp, { file }: MigrateRequest, cwd: string): readonly Note[] {
  const entries = apps.flatMap((app) => app.entries);
  const imports = new Map<OldStage, ClassImport>();
  const shown = withRelativePlaces(pipeline, cwd);
  const shownStages = shown.waves.flatMap(({ stages }) => stages);
  for (const [index, stage] of pipeline.waves.flatMap(({ stages }) => stages).entries()) {
    const found = findClass(stage, file, entries);
    const key = shownStages[index];
    if (found !== undefined && key !== undefined) imports.set(key, found);
  }
  const { text, notes } = writeDefinition(shown, imports);
  writeText(file, text, cwd);
  return notes;
}

function writeText(file: string, text: string, cwd: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw refused([fileNotWritten(relative(cwd, file), cause instanceof Error ? cause.message : String(cause))], {
      cause,
    });
  }
}

/** Places as the author knows them: from the directory of the app. */
function withRelativePlaces(pipeline: OldPipeline, cwd: string): OldPipeline {
  const change = (key: string, value: unknown): unknown =>
    key === 'at' && typeof value === 'object' && value !== null && 'file' in value && 'line' in value
      ? { ...value, file: relative(realpathSync(cwd), String(value.file)) }
      : value;
  return JSON.parse(JSON.stringify(pipeline, change)) as OldPipeline;
}

function countOld({ waves }: OldPipeline) {
  const stages = waves.flatMap((wave) => wave.stages);
  const gates = [
    ...waves.flatMap(({ pre, post }) => [...pre, ...post]),
    ...stages.flatMap(({ pre, post }) => [...pre, ...post]),
    // A step of several stacks is one review of all of them.
    ...stages.flatMap(({ stackSteps }) => [...new Set(stackSteps.map(({ step }) => step.key))]),
  ];
  return { deployments: stages.length, gates: gates.length };
}

interface Comparison {
  readonly pipeline: OldPipeline | undefined;
  readonly loaded: LoadedApp;
  readonly file: string;
  readonly scratch: string;
}

type Compared = Pick<MigrateReport, 'packages' | 'stacks' | 'problems' | 'gates'>;

async function compare({ pipeline, loaded, file, scratch }: Comparison, project: ProjectRequest): Promise<Compared> {
  const packages = missingPackages(file);
  if (packages.length > 0) return { packages, problems: [] };
  const output = join(scratch, 'definition.out');
  try {
    const { gates } = await synthesize({ ...project, configPath: file, output, validate: false });
    const stages = pipeline?.waves.flatMap((wave) => wave.stages) ?? [];
    const artifacts = new Set(stages.flatMap(({ stacks }) => stacks.map(({ artifact }) => artifact)));
    const old = readAssembly(loaded.assembly).filter(
      ({ artifact }) => pipeline === undefined || artifacts.has(artifact),
    );
    const now = readAssembly(output).filter(({ isOfStage }) => isOfStage);
    return { packages, problems: [], gates: gates.length, stacks: await compareStacks(old, now, diffTemplates) };
  } catch (error) {
    if (!isCdkpipeError(error) || error.source !== 'user') throw error;
    return { packages, problems: error.problems };
  }
}
