/** Whether a change set may change the value of an output, and why. */
import type { ChangeSet } from './change-set.ts';
import { changesThatCount, effectOf } from './effect.ts';
import { canonicalJson, isObject, type Json } from './json.ts';

/**
 * A reason as the end of a sentence about the stack, for example `whose Table would be replaced`; undefined where the
 * value stays: a resource that is updated in place keeps its physical ID, but not its attributes.
 */
export function whyOutputMayChange(changeSet: ChangeSet, output: string): string | undefined {
  if (changeSet.isEmpty) return undefined;
  const { before, after } = changeSet;
  if (changeSet.isMissing || !before || !after) return 'whose change set cannot be compared';
  const [old, next] = [before, after].map(({ Outputs }) => (isObject(Outputs) ? Outputs[output] : undefined));
  if (next === undefined) return old === undefined ? undefined : 'which would be removed';
  if (canonicalJson(valueIn(old)) !== canonicalJson(valueIn(next))) return 'which would be made in another way';
  const references = referencesIn(valueIn(next));
  if (references.some(({ isOpen }) => isOpen)) return 'which is read from elsewhere itself';
  for (const change of changesThatCount(changeSet)) {
    const { logicalId } = change;
    const reference = references.find(({ resource }) => resource === logicalId);
    const effect = effectOf(change);
    if (reference === undefined || effect === 'retain') continue;
    if (effect !== 'change') return `whose ${logicalId} would be ${fates[effect]}`;
    if (references.some(({ resource, isAttribute }) => resource === logicalId && isAttribute))
      return `whose ${logicalId} would be changed`;
  }
  return undefined;
}

const fates = {
  add: 'made',
  replace: 'replaced',
  mayReplace: 'perhaps replaced',
  delete: 'deleted',
  import: 'imported',
} as const;

interface Reference {
  readonly resource?: string;
  readonly isAttribute?: boolean;
  /** Present for what is decided outside of the stack. */
  readonly isOpen?: true;
}

function valueIn(output: Json | undefined): Json | undefined {
  return isObject(output) ? output.Value : undefined;
}

function referencesIn(value: Json | undefined): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, argument]): Reference[] => {
    if (name === 'Ref' && typeof argument === 'string') return [{ resource: argument }];
    if (name === 'Fn::GetAtt') return [{ resource: resourceOf(argument), isAttribute: true }];
    if (name === 'Fn::GetStackOutput' || name === 'Fn::ImportValue') return [{ isOpen: true }];
    const inText = name === 'Fn::Sub' ? referencesInText(Array.isArray(argument) ? argument[0] : argument) : [];
    return [...inText, ...referencesIn(argument)];
  });
}

function resourceOf(attribute: Json | undefined): string {
  const whole = Array.isArray(attribute) ? attribute[0] : attribute;
  return String(whole).split('.')[0] ?? '';
}

function referencesInText(text: Json | undefined): Reference[] {
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => ({
    resource: resourceOf(name.trim()),
    isAttribute: name.includes('.'),
  }));
}
