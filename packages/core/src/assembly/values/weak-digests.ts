/** Digests of all that can change the outputs which a stack reads with weak references. */
import { createHash } from 'node:crypto';
import type { TakenValue } from '../../contracts/assembly.ts';
import { placed } from './placed-name.ts';
import type { Template } from './template.ts';
import { findValueFlows, type NamedTemplate } from './value-flows.ts';
import { findWeakReferences } from './weak-references.ts';

/** What a stack reads of other stacks of its deployment while its change set executes. */
export interface WeakReads {
  /** Digests by the logical ID of the resource that has the references. */
  readonly resources: ReadonlyMap<string, string>;
  /** Digest of what is read outside of resources, such as in outputs; absent for nothing. */
  readonly rest?: string;
}

/** By the ID of the stack that reads; of those that read nothing of another stack in the list, there is none. */
export function findWeakReads(stacks: readonly NamedTemplate[]): ReadonlyMap<string, WeakReads> {
  const flows = findValueFlows(stacks);
  return new Map(
    stacks.flatMap((stack) => {
      const isRead = (flows.get(stack.id) ?? []).some(({ readAt }) => readAt === 'execute');
      return isRead ? [[stack.id, readsOf(stack, stacks, flows)] as const] : [];
    }),
  );
}

type Flows = ReadonlyMap<string, readonly TakenValue[]>;

function readsOf(stack: NamedTemplate, stacks: readonly NamedTemplate[], flows: Flows): WeakReads {
  const { Resources = {}, ...others } = stack.template;
  const { Parameters = {} } = others;
  const digest = (template: Template) => digestOf(makersOf({ ...stack, template }, stacks), stack, stacks, flows);
  const resources = Object.entries(Resources).flatMap(([id, resource]) => {
    const found = isResource(resource) ? digest({ Parameters, Resources: { [id]: resource } }) : undefined;
    return found === undefined ? [] : [[id, found] as const];
  });
  // A loop of a transform stands among the resources and is none.
  const loops = Object.fromEntries(Object.entries(Resources).filter(([, resource]) => !isResource(resource)));
  const rest = digest({ ...others, Resources: loops });
  return { resources: new Map(resources), ...(rest === undefined ? {} : { rest }) };
}

function isResource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Type' in value;
}

function makersOf(stack: NamedTemplate, stacks: readonly NamedTemplate[]): string[] {
  const keys = new Set(findWeakReferences(stack).map(({ key }) => key));
  return stacks.flatMap((other) =>
    other.id !== stack.id && keys.has(placed(other.env, other.stackName)) ? [other.id] : [],
  );
}

/** Of the makers and of every stack whose values those take in turn, by whatever mechanism. */
function digestOf(
  makers: readonly string[],
  { id: reader }: NamedTemplate,
  stacks: readonly NamedTemplate[],
  flows: Flows,
): string | undefined {
  if (makers.length === 0) return undefined;
  const all = new Set(makers);
  // A set takes on while it is walked what is added to it, and nothing twice.
  for (const id of all)
    for (const { stack, doubt } of flows.get(id) ?? []) if (doubt === undefined && stack !== reader) all.add(stack);
  const inputs = stacks
    .filter(({ id }) => all.has(id))
    .map(({ stackName, env, text, parameters }) => [placed(env, stackName), text, Object.entries(parameters).sort()]);
  return createHash('sha256')
    .update(JSON.stringify(inputs.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))))
    .digest('hex')
    .slice(0, 16);
}
