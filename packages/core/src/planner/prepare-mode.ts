/** Chooses whether the change sets of a deployment are made all at once or stack by stack. */
import type { AssembledStack, TakenValue } from '../contracts/assembly.ts';
import * as words from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import type { Deployment, PrepareMode } from '../model/pipeline.ts';

export interface PrepareChoice {
  readonly mode: PrepareMode;
  /** Sentences for the plan: what was chosen and why, and what no change set can show. */
  readonly notes: readonly string[];
  /** What keeps the mode that the author asks for from working. */
  readonly problems: readonly Problem[];
}

export function choosePrepareMode(deployment: Deployment, stacks: readonly AssembledStack[]): PrepareChoice {
  const [mode, why] = modeOf(deployment, stacks);
  const needed = tell(stacks, isNeeded, needs);
  const problems =
    deployment.prepare === 'all' && needed !== undefined
      ? [words.prepareAllImpossible(deployment.path, deployment.name, needed)]
      : [];
  return { mode, notes: [why, staleness(deployment, stacks)].filter((note) => note !== undefined), problems };
}

function modeOf({ prepare }: Deployment, stacks: readonly AssembledStack[]): [mode: PrepareMode, why?: string] {
  const [needed, doubted, late] = [
    tell(stacks, isNeeded, needs),
    tell(stacks, isDoubted, mayNeed),
    tell(stacks, isLate, takesLater),
  ];
  if (prepare === 'auto') {
    const reasons = [needed, doubted].filter((reason) => reason !== undefined);
    if (reasons.length > 0) return ['each', `change sets are made stack by stack, as ${reasons.join('; ')}`];
    if (late === undefined) return ['all'];
    // AWS documents when the value is read, but not whether the stack must exist when the change set is created.
    return [
      'each',
      `change sets are made stack by stack, as ${late}, and AWS does not say whether such a change set can be created before the other stack exists; prepare: 'all' makes them all first, for one review: the values are read only when they execute`,
    ];
  }
  if (prepare !== 'all' || needed !== undefined) return [prepare];
  if (doubted !== undefined)
    return [
      'all',
      `all change sets are made first, as asked for; on a first deployment that fails where a value is made by a stack before: ${doubted}`,
    ];
  if (late === undefined) return ['all'];
  return [
    'all',
    `all change sets are made first, as asked for: what stacks take of each other is read only when they execute (${late}); AWS does not say whether such a change set can be created before the other stack exists: if the first deployment fails there, deploy it once with prepare: 'each'`,
  ];
}

const isNeeded = ({ readAt, doubt }: TakenValue) => readAt === 'prepare' && doubt === undefined;
const isDoubted = ({ readAt, doubt }: TakenValue) => readAt === 'prepare' && doubt !== undefined;
const isLate = ({ readAt }: TakenValue) => readAt === 'execute';

/** An unchanged template makes an empty change set, whatever the output has become. */
function staleness({ updateWeakReferences }: Deployment, stacks: readonly AssembledStack[]): string | undefined {
  const late = tell(stacks, isLate, takesLater);
  if (late === undefined) return;
  if (updateWeakReferences === true)
    return `${late}: no review sees these values; updateWeakReferences changes what reads them whenever the template or a parameter of the other stack changes, so that it is updated, after that stack has executed, and reads them again`;
  return `${late}: no review sees these values, and a stack whose own template is unchanged keeps the old one when the output changes`;
}

type Clause = (stack: string, makers: string, first: TakenValue) => string;

const needs: Clause = (stack, makers, { value }) => `${stack} needs a value of ${makers} (${value})`;
const mayNeed: Clause = (stack, makers, { value, doubt }) =>
  `${stack} may need a value of ${makers} (${value}: ${doubt})`;
const takesLater: Clause = (stack, makers, { value }) => `${stack} takes an output of ${makers} (${value})`;

/** `Api needs a value of Data (Table), Monitoring of Api and Data`; undefined where no stack takes such a value. */
function tell(
  stacks: readonly AssembledStack[],
  counts: (value: TakenValue) => boolean,
  clause: Clause,
): string | undefined {
  const taking = stacks.flatMap(({ id, imports }) => {
    const [first, ...others] = imports.filter(counts);
    return first === undefined ? [] : [{ id, first, makers: namesOf([first, ...others]) }];
  });
  const [head, ...rest] = taking;
  if (head === undefined) return;
  return [clause(head.id, head.makers, head.first), ...rest.map(({ id, makers }) => `${id} of ${makers}`)].join(', ');
}

function namesOf(values: readonly TakenValue[]): string {
  return new Intl.ListFormat('en', { style: 'long' }).format(new Set(values.map(({ stack }) => stack)));
}
