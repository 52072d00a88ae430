/** Makes a change set: resolves parameters, checks the rules of the template and compares it with what is deployed. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { validationError } from './fault.test.fixture.ts';
import { isTrue } from './intrinsics.test.fixture.ts';
import { typeOf } from './resource-types.test.fixture.ts';
import type { Change, ChangeSet, Parameters, Stack } from './stack.test.fixture.ts';
import { scopeOf } from './stack-scope.test.fixture.ts';
import { readTemplate, type Template, type TemplateResource } from './template.test.fixture.ts';

export interface ChangeSetSpec {
  readonly stack: Stack;
  readonly name: string;
  readonly templateText: string;
  readonly parameters: readonly {
    readonly ParameterKey: string;
    readonly ParameterValue?: string;
    readonly UsePreviousValue?: string;
  }[];
  readonly tags: unknown;
  readonly roleArn: string | undefined;
  readonly stacks: readonly Stack[];
  /** Value of a parameter of Systems Manager. */
  findParameter(name: string): string | undefined;
}

export function makeChangeSet(spec: ChangeSetSpec): ChangeSet {
  const { stack, name, templateText, tags, roleArn } = spec;
  const template = readTemplate(templateText);
  const parameters = resolveParameters(template, spec);
  checkRules(template, { ...spec, parameters: parameters.resolved });
  const changes = compare(stack, template);
  const isSame =
    changes.length === 0 &&
    isDeepStrictEqual(tags, stack.tags) &&
    isDeepStrictEqual(template.Outputs, stack.template?.Outputs);
  const id = `arn:aws:cloudformation:${stack.region}:${stack.account}:changeSet/${name}/${randomUUID()}`;
  return {
    ...{ id, name, stack, templateText, template, parameters, tags, roleArn, changes },
    status: isSame ? 'FAILED' : 'CREATE_COMPLETE',
    executionStatus: isSame ? 'UNAVAILABLE' : 'AVAILABLE',
    ...(isSame
      ? {
          statusReason:
            "The submitted information didn't contain changes. Submit different information to create a change set.",
        }
      : {}),
  };
}

function resolveParameters(template: Template, { parameters, stack, findParameter }: ChangeSetSpec): Parameters {
  const passed = new Map(parameters.map((parameter) => [parameter.ParameterKey, parameter]));
  const given: Record<string, unknown> = {};
  const resolved: Record<string, unknown> = {};
  const absent: string[] = [];
  for (const [key, { Type, Default }] of Object.entries(template.Parameters ?? {})) {
    const { ParameterValue, UsePreviousValue } = passed.get(key) ?? {};
    const value = UsePreviousValue === 'true' ? (stack.parameters.given[key] ?? Default) : (ParameterValue ?? Default);
    if (value === undefined) throw validationError(`Parameters: [${key}] must have values`);
    given[key] = value;
    if (Type.startsWith('AWS::SSM::Parameter::Value')) {
      const found = findParameter(String(value));
      if (found === undefined) absent.push(String(value));
      resolved[key] = found;
    } else {
      resolved[key] = Type === 'CommaDelimitedList' ? listOf(value) : value;
    }
  }
  if (absent.length > 0)
    throw validationError(`Unable to fetch parameters [${absent.join(', ')}] from parameter store for this account.`);
  return { given, resolved };
}

const listOf = (value: unknown) =>
  (Array.isArray(value) ? value : String(value).split(',')).map((item) => String(item).trim());

/** User Guide, "Validate template parameters with rules". */
function checkRules(
  template: Template,
  { stack, stacks, parameters }: Pick<ChangeSetSpec, 'stack' | 'stacks'> & { parameters: Record<string, unknown> },
) {
  const scope = scopeOf({ stack, template, parameters, resources: new Map(), stacks });
  for (const [rule, { Assertions }] of Object.entries(template.Rules ?? {}))
    for (const { Assert, AssertDescription = '' } of Assertions)
      if (!isTrue(Assert, scope))
        throw validationError(`Template validation error: Rule ${rule} failed: ${AssertDescription}`);
}

function compare(stack: Stack, next: Template): Change[] {
  const former = stack.template?.Resources ?? {};
  const ids = new Set([...Object.keys(former), ...Object.keys(next.Resources)]);
  return [...ids].flatMap((logicalId): Change[] => {
    const [before, after] = [former[logicalId], next.Resources[logicalId]];
    const physicalId = stack.resources.get(logicalId)?.resource.id;
    if (!after) return before ? [{ action: 'Remove', logicalId, physicalId, type: before.Type }] : [];
    if (!before) return [{ action: 'Add', logicalId, type: after.Type }];
    if (isDeepStrictEqual(before, after)) return [];
    return [
      {
        action: 'Modify',
        logicalId,
        physicalId,
        type: after.Type,
        replacement: isReplacement(before, after) ? 'True' : 'False',
      },
    ];
  });
}

function isReplacement(before: TemplateResource, after: TemplateResource): boolean {
  const { nameProperty = '' } = typeOf(after.Type);
  return !isDeepStrictEqual(before.Properties?.[nameProperty], after.Properties?.[nameProperty]);
}
