/** Phase 1, configure: finds and loads the file, its plugins and hooks, and judges its shape. */

import { basename, join, sep } from 'node:path';
import { leaveBuiltins } from '../cdk/leave-builtins.ts';
import type { AnyBackend } from '../contracts/plugin.ts';
import { defaultPluginTimeout, type Registry, registerPlugins } from '../contracts/registry.ts';
import type { DefinitionBody } from '../definition/definition.ts';
import { backendUnknown, unknownKey } from '../errors/catalogue/definition.ts';
import { refused, refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { acceptingFor } from '../hooks/accept-returned.ts';
import { expectGlobals } from '../hooks/patched-globals.ts';
import { createPhaseHooks, type PhaseHooks, type TapTrace } from '../hooks/phase-hooks.ts';
import { loadDefinition } from '../loading/load-definition.ts';
import { findSourceRoot, type SourceRoot } from '../loading/source-root.ts';
import { type RuleBook, readRules } from '../rules/read-rules.ts';
import { checkBuiltIns } from '../shape/check-built-ins.ts';
import type { ShapedDefinition } from '../shape/definition-schema.ts';
import { objectsInDefinitions } from '../shape/objects-in-definitions.ts';
import { copyPlainData } from '../shape/plain-data.ts';
import { optionProblems } from '../shape/schema-problems.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { validateOptions } from '../shape/validate-options.ts';
import { checkPluginLock } from './check-plugin-lock.ts';
import { bringersFrom } from './find-bringers.ts';
import { importingPlugins } from './import-plugin.ts';
import { loadPlugins } from './load-plugins.ts';
import type { ProjectRequest } from './request.ts';

/** Everything that is known once the file has been read. */
export interface Project {
  readonly file: string;
  readonly directory: string;
  /** Where the source begins. */
  readonly source: SourceRoot;
  /** What each file of the project holds that the backend makes. */
  readonly mark: string;
  /** Files that were loaded with the definition, absolute. */
  readonly imported: readonly string[];
  readonly definition: ShapedDefinition;
  readonly registry: Registry;
  readonly hooks: PhaseHooks;
  /** The lint rules that judge the plan. */
  readonly rules: RuleBook;
  readonly backend: AnyBackend;
  /** What the backend's schema made of its options. */
  readonly backendOptions: unknown;
  readonly timeoutMs: number;
  /** Time limit for the `stacks` of each deployment. */
  readonly stacksTimeoutMs: number;
  /** CDK context of the command line. */
  readonly context: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** What is worth telling, and stops nothing. */
  readonly warnings: readonly Problem[];
}

/** Five minutes, as `stacks` may bundle assets and look up values. */
const defaultStacksTimeout = 300_000;

export async function configure(request: ProjectRequest): Promise<Project> {
  const timeoutMs = request.pluginTimeoutMs ?? defaultPluginTimeout;
  const signal = request.signal ?? new AbortController().signal;
  leaveBuiltins();
  // What an author's own code replaces is the author's business; from here on nobody else may.
  expectGlobals();
  const importing = importingPlugins({ timeoutMs, signal });
  const beforeRead = async (found: string) => {
    request.onDefinition?.(found);
    await importing(found);
  };
  const { value: loaded, file, directory, imported } = await loadDefinition({ ...request, beforeRead });
  refuseIfAny(checkBuiltIns());
  expectGlobals();
  // Plugins are judged by their own contract and recognised as the objects they are; options of a backend by its schema.
  const value = copyPlainData(loaded, { kept: ['plugins'], instances: objectsInDefinitions });
  const shaped = shapeDefinition(value);
  const listed = await loadPlugins(shaped.plugins, file, { timeoutMs, signal });
  const warnings = checkPluginLock(listed, {
    directory,
    frozen: request.frozen ?? false,
    allowLinked: request.allowLinked,
  });
  const plugins = [...request.builtIns, ...listed];
  const { stacksTimeoutMs = defaultStacksTimeout, context = {} } = request;
  const registry = registerPlugins(plugins, { timeoutMs, signal }, bringersFrom(directory));
  const { observe, traceHooks = false } = request;
  const trace = traceHooks && observe ? { trace: (tap: TapTrace) => observe({ type: 'tap', tap }) } : {};
  const hooks = createPhaseHooks(plugins, { timeoutMs, signal, accept: acceptingFor(registry), ...trace });
  const { plugins: _, ...body } = value as DefinitionBody & { plugins?: unknown };
  const definition = shapeDefinition(await hooks.config.promise(body));
  const rules = await readRules(definition, registry);
  const backend = selectBackend(registry, request.backend);
  const backendOptions = await readBackendOptions(definition, registry, backend);
  const source = findSourceRoot(directory, definition.root);
  return {
    file,
    directory,
    source,
    mark: `written by cdkpipe synth from ${join(source.place, basename(file)).split(sep).join('/')}`,
    imported,
    definition,
    registry,
    hooks,
    rules,
    backend,
    backendOptions,
    timeoutMs,
    stacksTimeoutMs,
    context,
    signal,
    warnings,
  };
}

function selectBackend(registry: Registry, asked: string | undefined): AnyBackend {
  const [first = ''] = registry.backends.keys();
  const name = asked ?? first;
  const contribution = registry.backends.get(name);
  if (!contribution) throw refused([backendUnknown(undefined, name, [...registry.backends.keys()])]);
  return contribution.value;
}

async function readBackendOptions({ backends }: ShapedDefinition, registry: Registry, backend: AnyBackend) {
  const known = [...registry.backends.keys()];
  refuseIfAny(
    Object.keys(backends)
      .filter((name) => !known.includes(name))
      .map((name) => backendUnknown(`backends.${name}`, name, known)),
  );
  const given = backends[backend.name] ?? {};
  if (!backend.options) {
    refuseIfAny(Object.keys(given).map((key) => unknownKey(`backends.${backend.name}.${key}`, key, [])));
    return given;
  }
  const root = `backends.${backend.name}`;
  const what = `the schema of the backend "${backend.name}"`;
  const { plugin } = registry.backends.get(backend.name) ?? unreachable(`${backend.name} is not registered`);
  const { limits } = registry;
  const result = await validateOptions({ schema: backend.options, plugin, what, path: root, limits }, given);
  if (!result.issues) return result.value;
  throw refused(optionProblems(result.issues, `the backend "${backend.name}"`, root, backend.options, given));
}
