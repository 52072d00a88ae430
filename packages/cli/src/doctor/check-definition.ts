/** Looks at the definition, its plugins and their lock. */
import type { Problem } from '@cdkpipe/core';
import type { ExaminedProject } from '@cdkpipe/core/host';
import type { Finding } from './finding.ts';

/** The findings of a definition that was planned; its warnings are among them. */
export function checkDefinition(project: ExaminedProject): Finding[] {
  const { file, warnings, plan } = project;
  const about = warnings.filter((warning) => !isAboutLock(warning));
  return [
    { check: 'definition', status: 'ok', message: `${file} plans ${plan.nodes.length} nodes on ${plan.backend}` },
    ...about.map((warning) => asFinding('definition', 'warning', warning)),
    ...checkPlugins(project),
  ];
}

/** The findings of one that cannot be planned. */
export function definitionFaults(problems: readonly Problem[]): Finding[] {
  return problems.map((problem) => asFinding('definition', 'failure', problem));
}

function checkPlugins({ plugins, isLocked, warnings }: ExaminedProject): Finding[] {
  const names = plugins.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`));
  const drift = warnings.filter(isAboutLock);
  if (drift.length > 0) return drift.map((warning) => asFinding('plugins', 'failure', warning));
  if (plugins.length === 0) return [{ check: 'plugins', status: 'ok', message: 'the definition lists none' }];
  if (isLocked)
    return [{ check: 'plugins', status: 'ok', message: `as cdkpipe.lock.json has them: ${names.join(', ')}` }];
  return [
    {
      check: 'plugins',
      status: 'warning',
      message: `there is no cdkpipe.lock.json, so that nothing says which were accepted: ${names.join(', ')}`,
      fix: 'npx cdkpipe plugins:install',
    },
  ];
}

function isAboutLock({ code }: Problem): boolean {
  return code === 'PLUGIN_NOT_LOCKED' || code === 'PLUGIN_DRIFTED';
}

function asFinding(check: string, status: Finding['status'], problem: Problem): Finding {
  const { code, message, fix, path, location } = problem;
  const place = [path, location].filter((part) => part !== undefined && part !== '').join(', ');
  return {
    check,
    status,
    message: place === '' ? message : `${message} (${place})`,
    ...(fix === undefined ? {} : { fix }),
    code,
  };
}
