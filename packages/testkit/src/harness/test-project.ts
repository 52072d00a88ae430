/** A project on disk with the definition of a test, for as long as the test works with it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import type { PackageDescription, Plugin } from '@cdkpipe/core';
import { findPackage, type InstalledPackage, type ProjectRequest } from '@cdkpipe/core/host';
import { makeProject } from '../subject/make-project.ts';
import { needsOf } from '../subject/read-package.ts';
import { writeStacks } from '../trial/write-stacks.ts';
import { definitionOfSketch, outputsIn, type PipelineSketch } from './pipeline-sketch.ts';

export interface TestProject {
  readonly directory: string;
  request(backend: string): ProjectRequest;
  [Symbol.dispose](): void;
}

/** Definitions of tests, by number: they hold functions and plugins, which no file of data can. */
const definitions = new Map<number, unknown>();
const key = '@cdkpipe/testkit';
(globalThis as Record<symbol, unknown>)[Symbol.for(key)] = definitions;

let count = 0;

/** A plugin of the definition, with options where it is given any. */
export interface TestedPlugin {
  readonly plugin: Plugin;
  readonly options?: unknown;
}

/** @param tested plugins at work in it, in the order of the definition */
export function openTestProject(sketch: PipelineSketch, tested: readonly TestedPlugin[]): TestProject {
  const plugins = tested.map(({ plugin }) => plugin);
  const directory = makeProject(...linked(plugins));
  const { body, written } = definitionOfSketch(sketch);
  const id = count++;
  const entries = tested.map(({ plugin, options }) => (options === undefined ? plugin : [plugin, options]));
  definitions.set(id, { ...body, plugins: entries });
  const files = {
    ...sketch.files,
    'cdkpipe.config.mjs': `export default globalThis[Symbol.for('${key}')].get(${id});\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  writeStacks(directory, outputsIn(sketch), written);
  return {
    directory,
    request: (backend) => ({ cwd: directory, builtIns: [codePipeline, local], backend }),
    [Symbol.dispose]: () => {
      definitions.delete(id);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The package of the first plugin, where it is one, and those that packages of the plugins need. */
function linked(plugins: readonly Plugin[]): Parameters<typeof makeProject> {
  const cwd = process.cwd();
  const packages = plugins.flatMap(({ name }) => packageOf(name, cwd) ?? []);
  const needs = packages.flatMap(({ description }) => [String(description.name), ...needsOf({ ...description })]);
  const [first] = packages;
  return first ? [String(first.description.name), first.directory, needs] : ['tested', cwd, needs];
}

/** Installed, or the package whose tests are at work. */
function packageOf(name: string, cwd: string): InstalledPackage | undefined {
  const file = join(cwd, 'package.json');
  const own = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageDescription) : {};
  return own.name === name ? { directory: cwd, description: own } : findPackage(name, cwd);
}
