/** Chooses whether the change sets of a deployment are made all at once or stack by stack. */
import type { AssembledStack } from '../contracts/assembly.ts';
import type { Deployment, PrepareMode } from '../model/pipeline.ts';

export interface PrepareChoice {
  readonly mode: PrepareMode;
  /** One sentence for the plan, where there is something to say. */
  readonly why?: string;
}

export function choosePrepareMode(deployment: Deployment, stacks: readonly AssembledStack[]): PrepareChoice {
  const importer = stacks.find(({ imports }) => imports.length > 0);
  const [imported] = importer?.imports ?? [];
  const need = importer && imported ? `${importer.id} needs a value of ${imported.stack}` : undefined;
  const { prepare } = deployment;
  if (prepare === 'auto') {
    if (need === undefined) return { mode: 'all' };
    return { mode: 'each', why: `change sets are made stack by stack, as ${need} (${imported?.value})` };
  }
  if (prepare === 'all' && need !== undefined) {
    const why = `all change sets are made first, as asked for; on the first deployment that fails, as ${need}`;
    return { mode: 'all', why };
  }
  return { mode: prepare };
}
