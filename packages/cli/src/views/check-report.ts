/** Shows what the checks of a plugin found, to people. */
import type { CheckResult } from '@cdkpipe/testkit';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';

export interface CheckedPlugin {
  readonly name: string;
  readonly version: string;
  readonly results: readonly CheckResult[];
}

export function checkReport({ name, version, results }: CheckedPlugin, paint: Paint): Printable {
  const count = (state: CheckResult['state'], severity?: CheckResult['severity']) =>
    results.filter((each) => each.state === state && (severity === undefined || each.severity === severity)).length;
  const sums = [
    `${count('passed')} passed`,
    `${count('failed', 'error')} failed`,
    ...(count('failed', 'warning') > 0 ? [`${count('failed', 'warning')} with a warning`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped, as the plugin cannot be imported`] : []),
  ];
  const lines = results.flatMap((result) => linesOf(result, paint));
  return joinLines(['', `${paint('bold', name)} ${version}`, '', ...lines, '', sums.join(', '), '', '']);
}

function linesOf(result: CheckResult, paint: Paint): string[] {
  const { id, title, findings, why, fix } = result;
  const line = `${markOf(result, paint)} ${paint('dim', id)}  ${title}`;
  if (findings.length === 0) return [line];
  return [
    line,
    ...findings.map(({ about, message }) => `          ${about === undefined ? '' : `${about}: `}${message}`),
    `          ${paint('dim', 'why:')} ${why}`,
    `          ${paint('dim', 'to do:')} ${fix}`,
  ];
}

function markOf({ state, severity }: CheckResult, paint: Paint): string {
  switch (state) {
    case 'passed':
      return paint('green', '✔');
    case 'skipped':
      return paint('dim', '–');
    case 'failed':
      return severity === 'error' ? paint('red', '✖') : paint('yellow', '!');
  }
}
