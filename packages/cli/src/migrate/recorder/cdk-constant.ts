/** Finds the name that a class of the CDK has for a value, such as `KubernetesVersion.V1_31`. */
import type { OldConstant } from '../old-app/old-app.ts';

/** Where jsii says which class of which module a class is: https://aws.github.io/jsii/specification/4-standard-library/ */
const typeInformation = Symbol.for('jsii.rtti');

export function constantOf(value: unknown): OldConstant | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const Class: unknown = value.constructor;
  if (typeof Class !== 'function') return undefined;
  const { fqn } = (Reflect.get(Class, typeInformation) ?? {}) as { readonly fqn?: unknown };
  const [, submodule, className] = /^aws-cdk-lib\.(?:(\w+)\.)?([A-Z]\w*)$/.exec(String(fqn)) ?? [];
  if (className === undefined) return undefined;
  // Only what is there as a value: a getter might do something.
  const members = Object.entries(Object.getOwnPropertyDescriptors(Class));
  const member = members.find(([, descriptor]) => descriptor.value === value)?.[0];
  if (member === undefined) return undefined;
  const module = submodule === undefined ? 'aws-cdk-lib' : `aws-cdk-lib/${submodule.replaceAll('_', '-')}`;
  return { module, className, member };
}
