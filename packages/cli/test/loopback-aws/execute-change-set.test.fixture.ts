/** Creates, changes and deletes the resources of a stack, and undoes it all where one of them fails. */
import { isDeepStrictEqual } from 'node:util';
import { AwsFault } from './fault.test.fixture.ts';
import { evaluate } from './intrinsics.test.fixture.ts';
import { checkPrincipals } from './principals.test.fixture.ts';
import type { Resource, ResourceStore } from './resource-store.test.fixture.ts';
import { typeOf } from './resource-types.test.fixture.ts';
import { addEvent, type ChangeSet, type DeployedResource, enter, type Stack } from './stack.test.fixture.ts';
import { resolveOutputs } from './stack-outputs.test.fixture.ts';
import { scopeOf } from './stack-scope.test.fixture.ts';
import { creationOrder, type TemplateResource } from './template.test.fixture.ts';

/** Lets the next creation or update of a resource of the type fail. */
export interface Failure {
  readonly type: string;
  readonly reason: string;
}

export interface ExecutionWorld {
  readonly store: ResourceStore;
  readonly stacks: readonly Stack[];
  /** Taken out one by one. */
  readonly failures: Failure[];
  /** Whether a bucket holds no objects. */
  isEmpty(bucket: string): boolean;
}

interface Execution {
  readonly world: ExecutionWorld;
  readonly changeSet: ChangeSet;
  readonly stack: Stack;
  readonly token: string | undefined;
  readonly after: Map<string, DeployedResource>;
  /** In the order in which it was done. */
  readonly done: Done[];
}

type Done =
  | { readonly id: string; readonly created: DeployedResource }
  | { readonly id: string; readonly updated: Resource; readonly former: Resource['properties'] };

export function executeChangeSet(world: ExecutionWorld, changeSet: ChangeSet, token: string | undefined): void {
  const { stack } = changeSet;
  const kind = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
  const execution: Execution = { world, changeSet, stack, token, after: new Map(), done: [] };
  enter(stack, `${kind}_IN_PROGRESS`, token, 'User Initiated');
  stack.roleArn = changeSet.roleArn ?? stack.roleArn;
  try {
    deployResources(execution);
    const outputs = resolveOutputs(changeSet, execution.after, world.stacks);
    const absent = [...stack.resources].filter(([id, { resource }]) => execution.after.get(id)?.resource !== resource);
    const { template, templateText, parameters, tags } = changeSet;
    Object.assign(stack, { template, templateText, parameters, tags, resources: execution.after, ...outputs });
    deleteResources(execution, absent, ['Retain', 'RetainExceptOnCreate']);
    enter(stack, `${kind}_COMPLETE`, token);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    rollBack(execution, kind, error.message);
  }
  // "CloudFormation deletes all change sets associated with the stack": API Reference, `ExecuteChangeSet`.
  stack.changeSets.clear();
}

function deployResources(execution: Execution): void {
  const { world, changeSet, stack, after } = execution;
  const { template, parameters } = changeSet;
  const scope = scopeOf({ stack, template, parameters: parameters.resolved, resources: after, stacks: world.stacks });
  for (const id of creationOrder(template)) {
    const spec = template.Resources[id];
    if (!spec || (spec.Condition !== undefined && !scope.condition(spec.Condition))) continue;
    const properties = evaluate(spec.Properties ?? {}, scope) as Resource['properties'];
    deployResource(execution, id, { ...spec, Properties: properties });
  }
}

function deployResource(execution: Execution, id: string, spec: TemplateResource): void {
  const { world, stack, token, after, done } = execution;
  const { Type, Properties = {}, DeletionPolicy: deletionPolicy } = spec;
  const former = stack.resources.get(id)?.resource;
  const inPlace = former && isUpdatedInPlace(former, Type, Properties) ? former : undefined;
  if (inPlace && isDeepStrictEqual(inPlace.properties, Properties))
    return void after.set(id, { resource: inPlace, deletionPolicy });
  const step = inPlace ? 'UPDATE' : 'CREATE';
  const note = (status: string, reason?: string) =>
    addEvent(stack, {
      token,
      logicalId: id,
      physicalId: after.get(id)?.resource.id ?? '',
      type: Type,
      status: `${step}_${status}`,
      reason,
    });
  note('IN_PROGRESS');
  try {
    failIfTold(world.failures, Type);
    checkPrincipals(world.store, Type, Properties);
    const resource = inPlace ?? world.store.create(Type, stack, Properties, generatedName(stack, id, Type));
    if (inPlace) done.push({ id, updated: inPlace, former: inPlace.properties });
    else done.push({ id, created: { resource, deletionPolicy } });
    resource.properties = Properties;
    after.set(id, { resource, deletionPolicy });
    note('COMPLETE');
  } catch (error) {
    if (error instanceof AwsFault) note('FAILED', error.message);
    throw error;
  }
}

/** A resource whose name changes is replaced, as is one whose type changes. */
function isUpdatedInPlace(former: Resource, type: string, properties: Resource['properties']): boolean {
  const { nameProperty } = typeOf(type);
  const isRenamed = nameProperty !== undefined && former.properties[nameProperty] !== properties[nameProperty];
  return former.type === type && !isRenamed;
}

function failIfTold(failures: Failure[], type: string): void {
  const at = failures.findIndex((failure) => failure.type === type);
  const [failure] = at < 0 ? [] : failures.splice(at, 1);
  if (failure) throw new AwsFault('GeneralServiceException', failure.reason);
}

let made = 0;

/** "CloudFormation generates a unique physical ID": Template Reference Guide, "Name type". */
function generatedName({ name }: Stack, logicalId: string, type: string): string {
  made += 1;
  const generated = `${name.slice(0, 24)}-${logicalId.slice(0, 24)}-${made.toString(36).toUpperCase().padStart(12, 'A')}`;
  return type === 'AWS::S3::Bucket' ? generated.toLowerCase() : generated;
}

/** Undoes in reverse what was done: User Guide, "Stack failure options", and "DeletionPolicy attribute". */
function rollBack(execution: Execution, kind: 'CREATE' | 'UPDATE', reason: string): void {
  const { stack, token, done } = execution;
  const rollback = kind === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
  enter(stack, `${rollback}_IN_PROGRESS`, token, reason);
  const created: [string, DeployedResource][] = [];
  for (const each of done.toReversed()) {
    if ('created' in each) created.push([each.id, each.created]);
    else each.updated.properties = each.former;
  }
  const isClean = deleteResources(execution, created, ['Retain']);
  enter(stack, `${rollback}_${isClean ? 'COMPLETE' : 'FAILED'}`, token);
}

/** @returns whether everything that had to be deleted could be */
export function deleteResources(
  { world, stack, token }: Pick<Execution, 'world' | 'stack' | 'token'>,
  resources: readonly (readonly [string, DeployedResource])[],
  kept: readonly string[],
): boolean {
  let isClean = true;
  for (const [logicalId, { resource, deletionPolicy = '' }] of resources) {
    const isKept = kept.includes(deletionPolicy);
    // "The bucket you tried to delete is not empty": API Reference of S3, `DeleteBucket`.
    const isFull = resource.type === 'AWS::S3::Bucket' && !world.isEmpty(resource.name);
    const status = isKept ? 'DELETE_SKIPPED' : isFull ? 'DELETE_FAILED' : 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') world.store.delete(resource);
    if (status === 'DELETE_FAILED') isClean = false;
    addEvent(stack, { token, logicalId, physicalId: resource.id, type: resource.type, status });
  }
  return isClean;
}
