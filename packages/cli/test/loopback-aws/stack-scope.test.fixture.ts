/** What the functions of a template see: parameters, pseudo parameters, resources made so far, exports of other stacks. */
import { validationError } from './fault.test.fixture.ts';
import { isTrue, type Scope } from './intrinsics.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';
import { isDeleted, type Stack } from './stack.test.fixture.ts';
import type { Template } from './template.test.fixture.ts';

export interface ScopeOf {
  readonly stack: Stack;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly resources: ReadonlyMap<string, { readonly resource: Resource }>;
  readonly stacks: readonly Stack[];
  /** Takes the names of exports that are used. */
  readonly imports?: Set<string>;
}

export function scopeOf({ stack, template, parameters, resources, stacks, imports }: ScopeOf): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': stack.account,
    'AWS::Region': stack.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
  };
  const scope: Scope = {
    ref: (name) => {
      const found = pseudo[name] ?? parameters[name] ?? resources.get(name)?.resource.id;
      if (found === undefined)
        throw validationError(`Template format error: Unresolved resource dependencies [${name}]`);
      return found;
    },
    attribute: (id, name) => {
      const found = resources.get(id)?.resource;
      if (!found) throw validationError(`Template format error: Unresolved resource dependencies [${id}]`);
      return attributeOf(found, name);
    },
    condition: (name) => isTrue(template.Conditions?.[name], scope),
    importValue: (name) => {
      const exporter = stacks.find(
        (other) =>
          !isDeleted(other) &&
          other.account === stack.account &&
          other.region === stack.region &&
          other.exports.has(name),
      );
      if (!exporter) throw validationError(`No export named ${name} found.`);
      imports?.add(name);
      return exporter.exports.get(name) ?? '';
    },
  };
  return scope;
}

function attributeOf({ arn, name, region, properties }: Resource, attribute: string): unknown {
  if (attribute === 'Arn' || attribute.endsWith('Arn')) return arn;
  if (attribute === 'Value') return properties.Value;
  if (attribute === 'RegionalDomainName') return `${name}.s3.${region}.amazonaws.com`;
  return `${name}-${attribute}`;
}
