/** Stacks of the old app and of the definition → what differs, stack by stack. */
import { isDeepStrictEqual } from 'node:util';
import { type ComparedStack, type Difference, effects, type StackComparison, type Template } from './comparison.ts';

/** What changes between two templates; loading it takes a second, so only what differs is given to it. */
export type DiffTemplates = (before: Template, after: Template) => Promise<readonly Difference[]>;

export async function compareStacks(
  old: readonly ComparedStack[],
  now: readonly ComparedStack[],
  diff: DiffTemplates,
): Promise<StackComparison[]> {
  const pairs = old.map((stack) => [stack, findCounterpart(stack, now)] as const);
  const ofOld = await Promise.all(pairs.map(([stack, counterpart]) => compareStack(stack, counterpart, diff)));
  const known = new Set(pairs.map(([, counterpart]) => counterpart));
  const added = now
    .filter((stack) => !known.has(stack))
    .map(({ name, environment }): StackComparison => ({ name, environment, verdict: 'added', differences: [] }));
  return [...ofOld, ...added];
}

/** A stack that does not say where it goes is found by its name alone. */
function findCounterpart(
  { name, environment }: ComparedStack,
  now: readonly ComparedStack[],
): ComparedStack | undefined {
  const places = environment.replace('aws://', '').split('/');
  return now.find((other) => {
    const itsPlaces = other.environment.replace('aws://', '').split('/');
    return other.name === name && places.every((place, index) => /^unknown-/.test(place) || place === itsPlaces[index]);
  });
}

async function compareStack(
  old: ComparedStack,
  now: ComparedStack | undefined,
  diff: DiffTemplates,
): Promise<StackComparison> {
  const { name } = old;
  const environment = now?.environment ?? old.environment;
  if (now === undefined) return { name, environment, verdict: 'missing', differences: [] };
  const others = stackDifferences(old, now);
  if (isDeepStrictEqual(old.template, now.template))
    return { name, environment, verdict: others.length === 0 ? 'same' : 'different', differences: others };
  const [before, after] = [withoutMetadata(old.template), withoutMetadata(now.template)];
  const isMetadata = isDeepStrictEqual(before, after);
  const differences = [...(isMetadata ? [] : await diff(before, after)), ...others].sort(
    (a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect) || (a.id < b.id ? -1 : 1),
  );
  return { name, environment, verdict: isMetadata && others.length === 0 ? 'metadata' : 'different', differences };
}

function stackDifferences(old: ComparedStack, now: ComparedStack): Difference[] {
  const other = (id: string): Difference => ({ effect: 'other', id, properties: [] });
  return [
    ...(isDeepStrictEqual(old.tags, now.tags) ? [] : [other('tags of the stack')]),
    ...(old.terminationProtection === now.terminationProtection ? [] : [other('termination protection')]),
  ];
}

/** CloudFormation acts on none of it: construct paths, asset metadata, and the resource that counts constructs. */
export function withoutMetadata(template: Template): Template {
  const { Metadata: _, Resources = {}, Conditions = {}, ...rest } = template as Record<string, Record<string, unknown>>;
  const resources = Object.entries(Resources)
    .filter(([, resource]) => (resource as { Type?: unknown }).Type !== 'AWS::CDK::Metadata')
    .map(([id, resource]) => {
      const { Metadata, ...others } = resource as Record<string, unknown>;
      return [id, { ...others, ...actedOn(Metadata) }];
    });
  const { CDKMetadataAvailable, ...conditions } = Conditions;
  return { ...rest, Conditions: conditions, Resources: Object.fromEntries(resources) };
}

/** `cfn-init` reads its instructions from metadata. */
function actedOn(metadata: unknown): { readonly Metadata?: unknown } {
  if (typeof metadata !== 'object' || metadata === null) return {};
  const kept = Object.entries(metadata).filter(([key]) => !/^(?:aws:cdk:|aws:asset:|cdk_nag$)/.test(key));
  return kept.length === 0 ? {} : { Metadata: Object.fromEntries(kept) };
}
