/** Keeps V8's compiled code of the CDK's modules between runs: compiling them takes a tenth of a synth. */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';
import { makeDirectory } from '../files/make-directory.ts';
import { privateMode } from '../files/private-directory.ts';
import { type CompiledFile, packCompiled, unpackCompiled } from './compiled-files.ts';

export interface CompileCache {
  /** Writes what this run had to compile; does nothing where there was nothing. */
  save(): void;
}

/** Node 22 does it by itself, for all modules; it compares the content of a module with that of its entry. */
const enableOfNode = (nodeModule as { enableCompileCache?: (directory: string) => unknown }).enableCompileCache;

/**
 * From now on, modules of the package at `root` are compiled with what earlier runs kept. A cache that is missing,
 * unreadable, of another version of node or of changed files costs time and nothing else.
 */
export function openCompileCache(root: string, cacheDir: string): CompileCache {
  const directory = join(cacheDir, 'compiled');
  if (enableOfNode) {
    tryToMake(directory);
    enableOfNode(directory);
    return { save: () => {} };
  }
  // The first run of a machine that is thrown away afterwards should not pay for a second one.
  const isFirstRun = !existsSync(directory);
  const file = join(
    directory,
    `${process.version}-${process.arch}-${Buffer.from(root).toString('base64url').slice(-80)}`,
  );
  return compileWith(root, readCompiled(file), (compiled) =>
    isFirstRun ? tryToMake(directory) : writeCompiled(file, compiled()),
  );
}

function readCompiled(file: string): ReadonlyMap<string, CompiledFile> {
  try {
    return unpackCompiled(readFileSync(file));
  } catch {
    return new Map();
  }
}

function tryToMake(directory: string): void {
  try {
    makeDirectory(directory, privateMode);
  } catch {
    // As below.
  }
}

function writeCompiled(file: string, compiled: ReadonlyMap<string, CompiledFile>): void {
  try {
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, packCompiled(compiled), { mode: 0o600 });
    renameSync(beside, file);
  } catch {
    // A cache that cannot be written is a cache that is not there.
  }
}

interface CompiledModule {
  readonly exports: object;
  require(id: string): unknown;
}
type Compile = (this: CompiledModule, content: string, filename: string, ...rest: unknown[]) => unknown;

function compileWith(
  root: string,
  known: ReadonlyMap<string, CompiledFile>,
  write: (compiled: () => ReadonlyMap<string, CompiledFile>) => void,
): CompileCache {
  const prototype = nodeModule.Module.prototype as unknown as { _compile: Compile };
  const compileOfNode = prototype._compile;
  const scripts = new Map<string, { readonly script: Script; readonly version: string }>();
  let misses = 0;
  prototype._compile = function compile(content, filename, ...rest) {
    // Inside the package nothing is an ES module and nothing begins with a hashbang; elsewhere that is not ours to say.
    if (!filename.startsWith(root + sep) || !filename.endsWith('.js'))
      return compileOfNode.call(this, content, filename, ...rest);
    const version = versionOf(content);
    const cached = known.get(filename);
    const cachedData = cached?.version === version ? cached.data : undefined;
    const script = new Script(nodeModule.Module.wrap(content), { filename, ...(cachedData ? { cachedData } : {}) });
    if (!cachedData || script.cachedDataRejected) misses += 1;
    scripts.set(filename, { script, version });
    const run = script.runInThisContext() as (...values: unknown[]) => unknown;
    return run.call(this.exports, this.exports, nodeModule.createRequire(filename), this, filename, dirname(filename));
  };
  return {
    save() {
      prototype._compile = compileOfNode;
      // A few modules more than last time are not worth writing everything again.
      if (misses <= known.size / 20) return;
      write(() => {
        const compiled = [...scripts].map(([name, { script, version }]): [string, CompiledFile] => [
          name,
          { version, data: script.createCachedData() },
        ]);
        return new Map([...known, ...compiled]);
      });
    },
  };
}

/**
 * Tells a file from an earlier one of the same name. V8 itself compares no more than the length of a source with that of
 * compiled code, and a modification time is whatever a tarball or a copy says.
 */
function versionOf(content: string): string {
  return hash('sha256', content, 'base64url');
}
