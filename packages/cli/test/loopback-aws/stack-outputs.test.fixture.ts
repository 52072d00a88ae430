/** Outputs and exports of a stack, and the exports of others that its template uses. */
import { validationError } from './fault.test.fixture.ts';
import { evaluate } from './intrinsics.test.fixture.ts';
import { type ChangeSet, type DeployedResource, isDeleted, type Stack } from './stack.test.fixture.ts';
import { scopeOf } from './stack-scope.test.fixture.ts';

export function resolveOutputs(
  { stack, template, parameters }: ChangeSet,
  resources: ReadonlyMap<string, DeployedResource>,
  stacks: readonly Stack[],
): Pick<Stack, 'outputs' | 'exports' | 'imports'> {
  const imports = new Set<string>();
  const scope = scopeOf({ stack, template, parameters: parameters.resolved, resources, stacks, imports });
  const present = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  const outputs = new Map(present.map(([name, { Value }]) => [name, String(evaluate(Value, scope))]));
  const exports = new Map(
    present.flatMap(([name, { Export }]) =>
      Export ? [[String(evaluate(Export.Name, scope)), outputs.get(name) ?? ''] as const] : [],
    ),
  );
  // Properties are evaluated once more, as they may import what no output does.
  for (const id of resources.keys()) evaluate(template.Resources[id]?.Properties ?? {}, scope);
  for (const [name, value] of stack.exports) if (exports.get(name) !== value) refuseWhileUsed(name, stack, stacks);
  return { outputs, exports, imports };
}

/** User Guide, "Get exported outputs": an export that another stack uses can be neither changed nor deleted. */
export function refuseWhileUsed(name: string, stack: Stack, stacks: readonly Stack[]): void {
  const user = stacks.find(
    (other) =>
      other !== stack &&
      !isDeleted(other) &&
      other.account === stack.account &&
      other.region === stack.region &&
      other.imports.has(name),
  );
  if (user) throw validationError(`Export ${name} cannot be updated as it is in use by ${user.name}`);
}
