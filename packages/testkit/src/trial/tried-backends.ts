/** The backends on which examples are tried: one that emits what can be compared, and one that runs. Named nowhere else. */
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { type Backend, type Plugin, unreachable } from '@cdkpipe/core';

/** Plugins that provide them. */
export const backendPlugins: readonly Plugin[] = [codePipeline, local];

/** Examples are synthesised for it. */
export const emittingBackend: Backend = backendOf(codePipeline);

/** Examples run on it, in trouble. */
export const runningBackend: Backend = backendOf(local);

export const triedBackends: readonly string[] = [emittingBackend.name, runningBackend.name];

function backendOf({ name, backends = [] }: Plugin): Backend {
  return backends[0] ?? unreachable(`${name} without a backend`);
}
