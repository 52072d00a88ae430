/** Builds what a renderer for `local` is given. */
import type { LocalContext } from '@cdkpipe/backend-local';
import type { Plan, PlanNode } from '@cdkpipe/core';
import { referenceText } from '@cdkpipe/core';
import { deploymentEnv } from '../trial/definition.ts';

/** What a test may say of it. */
export type LocalSituation = Partial<Omit<LocalContext, 'plan' | 'node' | 'value'>> & {
  /** Values of references as they are written, such as `output("Orders", "Url")`; others are `https://example.com/`. */
  readonly values?: Readonly<Record<string, string>>;
};

export function localContext(plan: Plan, node: PlanNode, situation: LocalSituation = {}): LocalContext {
  const { values = {}, ...given } = situation;
  return {
    run: 'tested',
    mode: 'rehearsal',
    projectDirectory: process.cwd(),
    ...('deployment' in node ? { deploymentEnv } : {}),
    changes: [],
    executed: new Date(0),
    ringing: [],
    ...given,
    plan,
    node,
    value: (reference) => values[referenceText(reference)] ?? 'https://example.com/',
  };
}
