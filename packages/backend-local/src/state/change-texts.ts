/** What would change, as lines of plain text, for who does not show a list. */
import { sayChanges } from '@cdkpipe/deployer-cloudformation';
import type { ReviewedStack } from '../journal/run-event.ts';

const headings = { stateful: 'DATA AT RISK', permissions: 'PERMISSIONS BROADEN' } as const;

/** Counts of each stack first, then findings, then values that are read later. */
export function changeTexts(changes: readonly ReviewedStack[]): string[] {
  return [
    ...changes.map((change) => `${change.stack}: ${sayChanges(change)}`),
    ...changes.flatMap(({ findings }) =>
      findings.map(({ concern, stack, text }) => `${headings[concern]} in ${stack}: ${text}`),
    ),
    ...changes.flatMap(({ lateValues = [] }) => lateValues),
  ];
}
