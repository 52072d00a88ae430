/** `--alarm NAME`: makes an alarm go off in a rehearsal. */
import { findStep, type Plan, refused, suggest } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';

/**
 * A step watches what its option `alarms` lists, whatever its kind.
 *
 * @throws CdkpipeError naming each alarm that no step of the plan watches
 */
export function checkAlarms(plan: Plan, alarms: readonly string[]): void {
  const known = [...new Set(plan.nodes.flatMap((node) => alarmsOf(findStep(node)?.options)))];
  const unknown = alarms.filter((alarm) => !known.includes(alarm));
  if (unknown.length > 0) throw refused(unknown.map((alarm) => words.alarmUnknown(alarm, suggest(alarm, known))));
}

/** With an ARN also the name at its end. */
function alarmsOf(options: unknown): string[] {
  const { alarms } = (options ?? {}) as { readonly alarms?: unknown };
  if (!Array.isArray(alarms)) return [];
  return alarms
    .filter((alarm) => typeof alarm === 'string')
    .flatMap((alarm) => [alarm, alarm.replace(/^arn:.*:alarm:/, '')]);
}
