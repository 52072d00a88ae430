/** The story of `cdkpipe migrate`: load the app, write the definition, synthesise both, compare. */
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isCdkpipeError, refused } from '@cdkpipe/core';
import { type ProjectRequest, readContext, synthesize } from '@cdkpipe/core/host';
import { findGitRemote } from '../surroundings/git-remote.ts';
import { compareStacks } from './compare/compare-stacks.ts';
import { diffTemplates } from './compare/diff-templates.ts';
import { missingLookups } from './compare/missing-lookups.ts';
import { readAssembly } from './compare/read-assembly.ts';
import type { ClassImport } from './definition/class-import.ts';
import { type WrittenDefinition, writeDefinition } from './definition/write-definition.ts';
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
import { type Note, notCarried } from './old-app/note.ts';
import type { OldPipeline, OldStage } from './old-app/old-app.ts';
import { appOutput, type PlainApp } from './plain/plain-app.ts';
import { readPlainApp } from './plain/read-plain-app.ts';
import { writePlainDefinition } from './plain/write-plain-definition.ts';

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
    const { context: given = {} } = project;
    const context = readContext(cwd, { given });
    const loaded = await runApp({ command, directory: cwd, scratch, context, ...(signal && { signal }) });
    const pipeline = choosePipeline(loaded, request);
    const plain =
      pipeline === undefined && mode !== 'check'
        ? { ...(await plainApp(loaded, command, request, cwd)), context: given }
        : undefined;
    const notes = pipeline && mode !== 'check' ? write(pipeline, loaded, request, { cwd, given }) : [];
    if (plain !== undefined) notes.push(...writePlain(plain, loaded, request, cwd));
    notes.push(...lookupNotes(loaded));
    const common = {
      file,
      wasWritten: mode !== 'check',
      ...(pipeline && { old: countOld(pipeline) }),
      ...(plain && { old: { deployments: plain.groups.length, gates: 0 } }),
      notes,
    };
    return { ...common, ...(await compare({ pipeline, loaded, file, scratch }, project)) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function choosePipeline({ apps }: LoadedApp, { pipeline, mode }: MigrateRequest): OldPipeline | undefined {
  const all = apps.flatMap(({ pipelines }) => pipelines);
  // A stack may hold several.
  const nameOf = ({ stack, path }: OldPipeline) =>
    all.filter((each) => each.stack === stack).length > 1 ? path : stack;
  if (pipeline !== undefined) {
    const chosen = all.filter(({ stack, path }) => path === pipeline || stack === pipeline);
    if (chosen.length === 0) throw refused([pipelineUnknown(pipeline, all.map(nameOf))]);
    if (chosen.length > 1) throw refused([pipelinesNotOne(chosen.map(nameOf))]);
    return chosen[0];
  }
  if (all.length > 1 && mode !== 'check') throw refused([pipelinesNotOne(all.map(nameOf))]);
  return all.length === 1 ? all[0] : undefined;
}

async function plainApp(
  loaded: LoadedApp,
  command: string,
  { app, file }: MigrateRequest,
  cwd: string,
): Promise<PlainApp> {
  const plain = await readPlainApp(loaded, { cwd, command, file, ...(app !== undefined && { app }) });
  if (plain === undefined) throw refused([pipelineNotFound(command)]);
  return plain;
}

/** The app's cloud assembly is placed where the build will write it, so that the definition can be planned at once. */
function writePlain(plain: PlainApp, { assembly }: LoadedApp, { file }: MigrateRequest, cwd: string): readonly Note[] {
  const { text, notes } = writePlainDefinition(plain);
  const target = join(dirname(file), appOutput);
  if (existsSync(target) && !existsSync(join(target, 'manifest.json')))
    throw refused([fileNotWritten(relative(cwd, target), 'it holds something else than a cloud assembly')]);
  rmSync(target, { recursive: true, force: true });
  cpSync(assembly, target, { recursive: true });
  writeText(file, text, cwd);
  return notes;
}

function lookupNotes({ assembly }: LoadedApp): Note[] {
  const missing = missingLookups(assembly);
  if (missing.length === 0) return [];
  const what = `values of ${missing.join(', ')} are not in cdk.context.json, so the stacks were compared with the placeholders of the CDK`;
  return [
    notCarried(
      what,
      'run "npx cdk synth" for the app with credentials, commit cdk.context.json, then compare with --check',
    ),
  ];
}

interface WritePlace {
  readonly cwd: string;
  /** CDK context of the command line. */
  readonly given: Readonly<Record<string, string>>;
}

function write(
  pipeline: OldPipeline,
  { apps }: LoadedApp,
  { file }: MigrateRequest,
  { cwd, given }: WritePlace,
): Note[] {
  const entries = apps.flatMap((app) => app.entries);
  const imports = new Map<OldStage, ClassImport>();
  const shown = withRelativePlaces(pipeline, cwd);
  const shownStages = shown.waves.flatMap(({ stages }) => stages);
  for (const [index, stage] of pipeline.waves.flatMap(({ stages }) => stages).entries()) {
    const found = findClass(stage, file, entries);
    const key = shownStages[index];
    if (found !== undefined && key !== undefined) imports.set(key, found);
  }
  const { text, notes }: WrittenDefinition = writeDefinition(shown, imports, {
    remote: findGitRemote(cwd),
    given,
  });
  writeText(file, text, cwd);
  return [...notes];
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
    ...stages.flatMap(({ gitHubEnvironment }) => gitHubEnvironment ?? []),
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
    const { gates } = await synthesize({
      ...project,
      configPath: file,
      output,
      validate: false,
      allowMissingContext: true,
    });
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
