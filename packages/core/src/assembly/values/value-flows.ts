/** Holds the templates of a deployment against each other: which stack takes, or may take, a value of which. */
import type { TakenValue } from '../../contracts/assembly.ts';
import { type EarlyValue, findEarlyValues } from './early-values.ts';
import { findMadeValues, type MadeValues } from './made-values.ts';
import { parameterName, placed } from './placed-name.ts';
import { isKnown, mayBeSame } from './spell-value.ts';
import type { StackTemplate } from './template.ts';
import { findWeakReferences } from './weak-references.ts';

export interface NamedTemplate extends StackTemplate {
  /** ID of the stack. */
  readonly id: string;
}

interface Maker {
  readonly stack: NamedTemplate;
  readonly made: MadeValues;
}

/**
 * By the ID of the stack that takes them. Where it is not certain which stack makes a value, every other stack that may is
 * listed with the doubt: of these only a stack that executes before counts.
 */
export function findValueFlows(stacks: readonly NamedTemplate[]): ReadonlyMap<string, readonly TakenValue[]> {
  const makers = stacks.map((stack) => ({ stack, made: findMadeValues(stack) }));
  return new Map(
    stacks.map((stack) => {
      const others = makers.filter((maker) => maker.stack.id !== stack.id);
      const own = makers.filter((maker) => maker.stack.id === stack.id);
      const early = findEarlyValues(stack).flatMap((value) =>
        own.some((maker) => makes(maker, value)) ? [] : takenBeforehand(value, others),
      );
      return [stack.id, [...early, ...takenLater(stack, others)]];
    }),
  );
}

function takenBeforehand(value: EarlyValue, others: readonly Maker[]): TakenValue[] {
  const taken = { value: value.label, kind: value.kind, readAt: 'prepare' } as const;
  const makers = others.filter((maker) => makes(maker, value));
  // A name is given once in an account and region, so nobody else makes it.
  if (makers.length > 0) return makers.map(({ stack }) => ({ stack: stack.id, ...taken }));
  return others.flatMap((maker) => {
    const doubt = doubtAbout(maker, value);
    return doubt === undefined ? [] : [{ stack: maker.stack.id, ...taken, doubt }];
  });
}

/** True where the template says so. */
function makes({ made }: Maker, { kind, key }: EarlyValue): boolean {
  return isKnown(key) && (made.keys[kind] ?? []).includes(key);
}

/** Whether a template makes a value that another one takes, see {@link TakenValue}. */
export function makesValue(stack: StackTemplate, { kind, value }: Pick<TakenValue, 'kind' | 'value'>): boolean {
  const { keys, outputs } = findMadeValues(stack);
  if (kind === 'output') return outputs.includes(value);
  const name = kind === 'parameter' ? parameterName(value) : value;
  return (keys[kind] ?? []).some((key) => key.endsWith(` ${name}`));
}

function doubtAbout({ made }: Maker, { kind, key, isOpen }: EarlyValue): string | undefined {
  if (isOpen) return 'anything that exists by then may be read';
  if ((made.keys[kind] ?? []).some((other) => mayBeSame(key, other))) return 'only CloudFormation knows the whole name';
  const hidden = kind === 'export' ? made.hides.exports : made.hides.others;
  return hidden === undefined ? undefined : `${hidden} may make it`;
}

function takenLater(stack: NamedTemplate, others: readonly Maker[]): TakenValue[] {
  const references = new Map(findWeakReferences(stack).map((each) => [`${each.key} ${each.output}`, each]));
  return [...references.values()].flatMap(({ key, output }) =>
    others
      .filter((maker) => placed(maker.stack.env, maker.stack.stackName) === key)
      .map((maker) => ({ stack: maker.stack.id, value: output, kind: 'output', readAt: 'execute' }) as const),
  );
}
