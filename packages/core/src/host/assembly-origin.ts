/** Which definition made a cloud assembly: recorded in it, so that nobody takes that of another one or a stale one. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import { assemblyNotOfDefinition, assemblyOfOtherPipeline, assemblyStale } from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import type { Project } from './configure.ts';

/** Beside the manifest; the `cdk` command leaves it alone. */
const originFile = 'cdkpipe.json';

export interface AssemblyOrigin {
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** File of the definition. */
  readonly definition: string;
  /** SHA-256 of what the definition says. */
  readonly model: string;
  /** Version of aws-cdk-lib. */
  readonly cdk: string;
  /** SHA-256 of the files that the definition consists of, by path relative to its directory. */
  readonly files: Readonly<Record<string, string>>;
}

export function originOf(project: Project, pipeline: Pipeline): AssemblyOrigin {
  const { directory, file } = project;
  const cdk = findCdkLibrary(directory);
  // Values for rehearsals are in no template, and often come from the environment.
  const { rehearsal: _, ...model } = pipeline;
  return {
    pipeline: pipeline.name,
    definition: basename(file),
    model: sha256(JSON.stringify(model)),
    cdk: 'code' in cdk ? '' : cdk.version,
    files: Object.fromEntries(
      filesOf(project, pipeline).map((path) => [
        relative(directory, path).split(sep).join('/'),
        sha256(readFileSync(path)),
      ]),
    ),
  };
}

/** The definition, what it imports, its context, and the manifests of the assemblies that it names. */
function filesOf({ directory, file, imported, source }: Project, pipeline: Pipeline): string[] {
  const beside = ['cdk.json', 'cdk.context.json'].map((name) => join(directory, name));
  const assemblies = deploymentsOf(pipeline).flatMap(({ app }) =>
    app.from === 'assembly' ? [join(directory, app.directory, 'manifest.json')] : [],
  );
  const own = imported.filter((path) => {
    const parts = relative(source.directory, path).split(sep);
    return parts[0] !== '..' && !parts.includes('node_modules');
  });
  return [...new Set([file, ...own, ...beside, ...assemblies])].filter((path) => existsSync(path)).sort();
}

export function writeOrigin(directory: string, origin: AssemblyOrigin): void {
  writeFileSync(join(directory, originFile), `${JSON.stringify(origin, null, 2)}\n`);
}

/** Whether the assembly is one of another pipeline; one without a record may be any. */
export function findOtherPipeline(directory: string, pipeline: string): Problem | undefined {
  const found = readOrigin(directory);
  return found && found.pipeline !== pipeline
    ? assemblyOfOtherPipeline(directory, found.pipeline, found.definition, pipeline)
    : undefined;
}

/** Whether the assembly is anything but what this definition would make now. */
export function findOtherOrigin(directory: string, expected: AssemblyOrigin): Problem | undefined {
  const found = readOrigin(directory);
  if (!found) return assemblyNotOfDefinition(directory, expected.definition);
  const other = findOtherPipeline(directory, expected.pipeline);
  if (other) return other;
  const changes = [
    ...(found.definition === expected.definition ? [] : [`it is of ${found.definition}`]),
    ...changedFiles(found.files, expected.files),
    ...(found.cdk === expected.cdk ? [] : [`aws-cdk-lib was ${found.cdk} and is ${expected.cdk}`]),
    ...(found.model === expected.model ? [] : ['the definition says something else']),
  ];
  return changes.length === 0 ? undefined : assemblyStale(directory, changes);
}

function changedFiles(before: AssemblyOrigin['files'], after: AssemblyOrigin['files']): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.filter((path) => before[path] !== after[path]).map((path) => `${path} has changed`);
}

function readOrigin(directory: string): AssemblyOrigin | undefined {
  try {
    const { pipeline, definition, model, cdk, files } = JSON.parse(readFileSync(join(directory, originFile), 'utf8'));
    const texts = [pipeline, definition, model, cdk].every((text) => typeof text === 'string');
    return texts && typeof files === 'object' && files !== null
      ? { pipeline, definition, model, cdk, files }
      : undefined;
  } catch {
    return undefined;
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
