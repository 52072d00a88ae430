/** What CodeBuild would run, in its order, with what a failure in each phase means. */
import type { BuildPhase, BuildPhaseName } from '@cdkpipe/core';
import type { BuildCommands } from '../contract/renderer.ts';
import type { ShellItem } from '../process/shell-script.ts';

const phaseNames: readonly BuildPhaseName[] = ['install', 'pre_build', 'build', 'post_build'];

export function shellItemsOf({ commands, installCommands = [], buildSpec = {} }: BuildCommands): ShellItem[] {
  const { phases = {} } = buildSpec;
  const own = { install: installCommands, pre_build: [], build: commands, post_build: [] };
  return phaseNames.flatMap((phase) => {
    const spec = phases[phase] ?? {};
    const onFailure = meaningOf(phase, spec);
    const itemsOf = (part: ShellItem['part'], texts: readonly string[]) =>
      texts.map((command) => ({ phase, part, onFailure, command }));
    return [
      ...itemsOf('commands', [...(spec.commands ?? []), ...own[phase]]),
      ...itemsOf('finally', spec.finally ?? []),
    ];
  });
}

/** CodeBuild skips the build where it could not be prepared, and cleans up (`post_build`) where it has failed. */
function meaningOf(phase: BuildPhaseName, spec: BuildPhase): ShellItem['onFailure'] {
  if (isIgnored(spec)) return 'ignore';
  return phase === 'build' && spec['on-failure'] !== 'ABORT' ? 'fail' : 'stop';
}

/** Whether a failure of the phase is let pass. */
export function isIgnored({ 'on-failure': onFailure }: BuildPhase): boolean {
  return onFailure?.startsWith('CONTINUE') === true;
}
