/** Runs every check on the package of a plugin. */
import type { Plugin } from '@cdkpipe/core';
import type { Check, CheckResult, Finding, PackedPlugin, Subject } from './check/check.ts';
import { checks } from './checks/checks.ts';
import { importAlone } from './probe/import-alone.ts';
import { subjectOf } from './subject/open-subject.ts';
import { readPackage } from './subject/read-package.ts';

export interface CheckOptions {
  /** Directory with the package.json of the plugin, which must be built; by default the working directory. */
  readonly directory?: string;
  /** The plugin, where it is loaded already; by default that which the package exports. */
  readonly plugin?: Plugin;
}

/** What a single check needs, opened once for all of them. */
export interface OpenedPackage {
  run(check: Check): Promise<CheckResult>;
  [Symbol.dispose](): void;
}

export function openPackage({ directory = process.cwd(), plugin }: CheckOptions = {}): OpenedPackage {
  const packed = readPackage(directory);
  let subject: Promise<Subject | undefined> | undefined;
  return {
    run: async (check) => {
      if (check.looksAt === 'package') return resultOf(check, () => check.run(packed));
      subject ??= openIfImportable(packed, plugin);
      const opened = await subject;
      return opened ? resultOf(check, () => check.run(opened)) : told(check, 'skipped', []);
    },
    [Symbol.dispose]: packed[Symbol.dispose],
  };
}

export async function checkPackage(options: CheckOptions = {}): Promise<CheckResult[]> {
  using opened = openPackage(options);
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await opened.run(check));
  return results;
}

/** What cannot be imported is told by the checks of the import; the rest has nothing to look at then. */
async function openIfImportable(packed: PackedPlugin, plugin: Plugin | undefined): Promise<Subject | undefined> {
  if (plugin) return subjectOf(packed, plugin);
  const { failure } = await importAlone(packed);
  return failure === undefined ? subjectOf(packed) : undefined;
}

async function resultOf(check: Check, run: () => ReturnType<Check['run']>): Promise<CheckResult> {
  const findings = await run();
  return told(check, findings.length > 0 ? 'failed' : 'passed', findings);
}

function told({ id, severity, title, why, fix }: Check, state: CheckResult['state'], findings: readonly Finding[]) {
  return { id, severity, title, why, fix, state, findings };
}
