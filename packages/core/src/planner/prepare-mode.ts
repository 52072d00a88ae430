/** Chooses whether the change sets of a deployment are made all at once or stack by stack. */
import type { AssembledStack } from '../contracts/assembly.ts';
import type { Deployment, PrepareMode } from '../model/pipeline.ts';

export interface PrepareChoice {
  readonly mode: PrepareMode;
  /** One sentence for the plan, where there is something to say. */
  readonly why?: string;
}

export function choosePrepareMode(deployment: Deployment, stacks: readonly AssembledStack[]): PrepareChoice {
  const need = needsAmong(stacks);
  const { prepare } = deployment;
  if (prepare === 'auto') {
    if (need === undefined) return { mode: 'all' };
    return { mode: 'each', why: `change sets are made stack by stack, as ${need}` };
  }
  if (prepare === 'all' && need !== undefined) {
    const why = `all change sets are made first, as asked for; that fails as long as such a value does not exist yet, as on the first deployment: ${need}`;
    return { mode: 'all', why };
  }
  return { mode: prepare };
}

/** `Api needs a value of Data (Table), Monitoring of Api and Data`; undefined where every stack stands by itself. */
function needsAmong(stacks: readonly AssembledStack[]): string | undefined {
  const [first, ...others] = stacks.filter(({ imports }) => imports.length > 0);
  if (first === undefined) return;
  const [{ value } = { value: '' }] = first.imports;
  const needs = others.map((stack) => `${stack.id} of ${givers(stack)}`);
  return [`${first.id} needs a value of ${givers(first)} (${value})`, ...needs].join(', ');
}

function givers({ imports }: AssembledStack): string {
  return new Intl.ListFormat('en', { style: 'long' }).format(new Set(imports.map(({ stack }) => stack)));
}
