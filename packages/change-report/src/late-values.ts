/** Finds what a stack reads of others only while its change set executes: `Fn::GetStackOutput`. */
import { canonicalJson, isObject, type Json } from './json.ts';
import { resourcesOf, type Template } from './template.ts';

export interface LateValue {
  /** Logical ID of the resource that has the reference; absent for an output of the stack. */
  readonly resource?: string;
  /** Name of the stack that makes the value. */
  readonly from: string;
  /** Logical ID of the output there. */
  readonly output: string;
}

/** Each once, in the order of the template. */
export function lateValuesOf(template: Template): LateValue[] {
  const ofResources = resourcesOf(template).flatMap(([resource, value]) =>
    referencesIn(value as unknown as Json).map((reference) => ({ resource, ...reference })),
  );
  const all = [...ofResources, ...referencesIn(template.Outputs)];
  return [...new Map(all.map((value) => [canonicalJson(value), value])).values()];
}

function referencesIn(value: Json | undefined): LateValue[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const reference = value['Fn::GetStackOutput'];
  const own = isObject(reference) ? [{ from: nameOf(reference.StackName), output: nameOf(reference.OutputName) }] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

/** A name may be put together by the template. */
function nameOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}
