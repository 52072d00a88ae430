/** Stacks of an app without stages → deployments: one for each environment, more where stacks depend on each other. */
import type { ReadStack } from '../compare/read-assembly.ts';
import { clean } from '../definition/names.ts';

export interface StackGroup {
  /** Name of the deployment. */
  readonly name: string;
  /** Environments in the order of their first stack; a deployment is to the first one. */
  readonly environments: readonly string[];
  readonly stacks: readonly ReadStack[];
}

/** In the order in which the cloud assembly has the first stack of each. */
export function groupStacks(stacks: readonly ReadStack[]): StackGroup[] {
  const groups: ReadStack[][] = [];
  for (const stack of stacks) {
    const related = groups.filter((group) => group.some((other) => belongTogether(stack, other)));
    const merged = [...related.flat(), stack];
    const [first] = related;
    if (first === undefined) groups.push(merged);
    else groups.splice(groups.indexOf(first), 1, merged);
    for (const group of related.slice(1)) groups.splice(groups.indexOf(group), 1);
  }
  const taken = new Set<string>();
  return groups.map((group) => ({
    name: nameOf(group, groups.length, taken),
    environments: [...new Set(group.map(({ environment }) => environment))],
    stacks: group,
  }));
}

function belongTogether(stack: ReadStack, other: ReadStack): boolean {
  return (
    stack.environment === other.environment ||
    stack.dependencies.includes(other.id) ||
    other.dependencies.includes(stack.id)
  );
}

/** The stage of all stacks, or the words that all IDs begin with, such as `Prod` of `ProdApi` and `ProdData`; else the region. */
function nameOf(stacks: readonly ReadStack[], groups: number, taken: Set<string>): string {
  const ids = stacks.map(({ id }) => id);
  const common = groups === 1 ? 'App' : (commonStage(ids) ?? commonWords(ids));
  const base = deploymentName(common) ?? deploymentName(stacks[0]?.environment.split('/').at(-1) ?? '') ?? 'App';
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${number}`;
  taken.add(name.toLowerCase());
  return name;
}

function commonStage(ids: readonly string[]): string | undefined {
  const stages = new Set(ids.map((id) => /^(.+)\//.exec(id)?.[1]));
  return stages.size === 1 ? [...stages][0] : undefined;
}

function commonWords(ids: readonly string[]): string {
  const [first = [], ...others] = ids.map((id) => id.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9]+/g) ?? []);
  const differs = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  return (differs === -1 ? first : first.slice(0, differs)).join('');
}

function deploymentName(text: string): string | undefined {
  const name = clean(text)
    .replaceAll('@', '-')
    .replace(/^[^A-Za-z]+|[-_.]+$/g, '');
  return text === '' || name === '' ? undefined : name;
}
