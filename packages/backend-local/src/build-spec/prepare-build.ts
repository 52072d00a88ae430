/** Makes commands of a CodeBuild project ready to be run by one shell. */
import { isGate, type PlanNode, refused } from '@cdkpipe/core';
import type { BuildCommands, TaskTools } from '../contract/renderer.ts';
import { gateIgnoresFailure, shellNotHere } from '../problems/problems.ts';
import type { ShellItem } from '../process/shell-script.ts';
import { leftUndone } from './left-undone.ts';
import { isIgnored, shellItemsOf } from './shell-items.ts';
import { readSpecVariables } from './spec-variables.ts';

export interface PreparedBuild {
  readonly items: readonly ShellItem[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Says in the log what will not be done.
 *
 * @param env variables that are set beside those of the buildspec
 * @throws CdkpipeError where a gate would pass although its commands failed, a variable is set twice, or the commands
 *   are not for bash; Error where a secret or parameter has no value here
 */
export function prepareBuild(
  work: BuildCommands,
  env: Readonly<Record<string, string>>,
  node: PlanNode,
  tools: Pick<TaskTools, 'log' | 'secret' | 'parameter'>,
): PreparedBuild {
  const { buildSpec = {} } = work;
  const ignored = Object.entries(buildSpec.phases ?? {}).filter(([, phase]) => phase && isIgnored(phase));
  if (isGate(node) && ignored.length > 0) throw refused(ignored.map(([phase]) => gateIgnoresFailure(phase, node)));
  const { shell } = buildSpec.env ?? {};
  // Bash would take their words for something else.
  if (shell === 'powershell.exe' || shell === 'pwsh.exe') throw refused([shellNotHere(shell, node)]);
  const undone = leftUndone(work);
  if (undone.length > 0) tools.log(`not on this machine: ${undone.join(', ')}`);
  return {
    items: shellItemsOf(work),
    env: { ...readSpecVariables(buildSpec, Object.keys(env), node, tools), ...env },
  };
}
