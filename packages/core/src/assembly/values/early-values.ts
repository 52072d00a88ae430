/**
 * Finds what CloudFormation reads outside of a template when it creates a change set. What is not listed here it reads
 * while the change set executes, so that it cannot keep a change set from being created.
 *
 * | in the template                                   | read when the change set is created, according to                        |
 * | ------------------------------------------------- | ------------------------------------------------------------------------ |
 * | `Fn::ImportValue`                                 | User Guide, "Get exported outputs": `No export named … found`            |
 * | a parameter of an `AWS::SSM::Parameter::…` type   | User Guide, "Systems Manager parameter types": values are those of the   |
 * |                                                   | time when the change set is created; a missing one is a validation error |
 * | a parameter of another `AWS::…` type              | User Guide, "AWS-specific parameter types": validated against the account |
 * | `{{resolve:ssm…}}`, `{{resolve:secretsmanager…}}` | sources differ: User Guide, "Dynamic references": "during stack and      |
 * |                                                   | change set operations"; aws-cdk-cli#1130: creating a change set fails    |
 * |                                                   | with `Parameters: [ssm:…] cannot be found`. Taken as read here           |
 * | macros, `AWS::Include`                            | User Guide, "Template macros": processed when a change set is created    |
 * | resource types that AWS does not provide          | the type must be registered before a template may use it                 |
 *
 * Not listed, as they are read later: custom resources, code and images (when the resource is made), templates of nested
 * stacks (API Reference, `CreateChangeSet`: `IncludeNestedStacks` is false by default, and nothing here sets it), and
 * `Fn::GetStackOutput` (see `weak-references.ts`).
 */
import type { ValueKind } from '../../contracts/assembly.ts';
import { findDynamicReferences } from './dynamic-references.ts';
import { parameterName, placed } from './placed-name.ts';
import { isKnown, latePart, spellValue, unknownPart } from './spell-value.ts';
import { objectsIn, type StackTemplate } from './template.ts';
import { isMacro, transformsOf } from './transforms.ts';

export interface EarlyValue {
  readonly kind: ValueKind;
  /** Place and name as {@link spellValue} spells them, see {@link placed}. */
  readonly key: string;
  /** The value as a person calls it. */
  readonly label: string;
  /** Present where any stack that executes before may decide it: what a macro or an include makes of the template. */
  readonly isOpen?: true;
}

export function findEarlyValues(stack: StackTemplate): EarlyValue[] {
  const all = [...imports(stack), ...parameters(stack), ...dynamicReferences(stack), ...macros(stack), ...types(stack)];
  return [...new Map(all.map((value) => [`${value.kind} ${value.key}`, value])).values()];
}

function imports(stack: StackTemplate): EarlyValue[] {
  if (!stack.text.includes('"Fn::ImportValue"')) return [];
  return [...objectsIn(stack.template)].flatMap((object) => {
    if (!('Fn::ImportValue' in object)) return [];
    const name = spellValue(object['Fn::ImportValue'], stack);
    return [{ kind: 'export' as const, key: placed(stack.env, name), label: labelOf(name) }];
  });
}

/** The types whose values an author can know before the resource is there, as they are names. */
const namedInParameters: Readonly<Record<string, ValueKind>> = {
  'AWS::EC2::KeyPair::KeyName': 'key pair',
  'AWS::EC2::SecurityGroup::GroupName': 'security group',
};

function parameters(stack: StackTemplate): EarlyValue[] {
  return Object.entries(stack.template.Parameters ?? {}).flatMap(([id, { Type, Default }]): EarlyValue[] => {
    const type = String(Type).replace(/^List<(.*)>$/, '$1');
    const kind = type.startsWith('AWS::SSM::Parameter::') ? 'parameter' : namedInParameters[type];
    if (kind === undefined) return [];
    const given = stack.parameters[id] ?? Default;
    if (kind === 'parameter') return storedParameter(given === undefined ? unknownPart : String(given), stack);
    const names = given === undefined ? [unknownPart] : String(given).split(',');
    return names.map((name) => ({ kind, key: placed(stack.env, name.trim()), label: labelOf(name.trim()) }));
  });
}

function dynamicReferences(stack: StackTemplate): EarlyValue[] {
  return findDynamicReferences(stack).flatMap(({ service, key }) => {
    // What names it comes to be while this stack executes, or is a value that another entry stands for.
    if (key.includes(latePart)) return [];
    if (service === 'secretsmanager') return [storedSecret(key, stack)];
    return storedParameter(key.startsWith('arn:') ? key : (key.split(':')[0] ?? key), stack);
  });
}

/**
 * No stack makes what `cdk bootstrap` has made, nor what AWS provides: names of parameters must not begin with `aws` or
 * `ssm` (Systems Manager API Reference, `PutParameter`).
 */
const madeByOthers = /^(cdk-bootstrap\/|aws|ssm)/i;
const secretThroughParameter = 'aws/reference/secretsmanager/';

function storedParameter(written: string, stack: StackTemplate): EarlyValue[] {
  const [, region, account, ofArn] = /^arn:[^:]*:ssm:([^:]*):([^:]*):parameter\/([^:]*)/.exec(written) ?? [];
  const name = parameterName(ofArn ?? written);
  if (name.startsWith(secretThroughParameter)) return [storedSecret(name.slice(secretThroughParameter.length), stack)];
  if (madeByOthers.test(name)) return [];
  const env = region && account ? { region, account } : stack.env;
  return [{ kind: 'parameter', key: placed(env, name), label: labelOf(ofArn === undefined ? written : `/${ofArn}`) }];
}

/** An ARN ends with six random characters, which nobody can write down before the secret is there. */
function storedSecret(key: string, stack: StackTemplate): EarlyValue {
  const [, region, account, ofArn] = /^arn:[^:]*:secretsmanager:([^:]*):([^:]*):secret:([^:]*)/.exec(key) ?? [];
  const name = ofArn?.replace(/-[A-Za-z0-9]{6}$/, '') ?? key.split(':')[0] ?? key;
  const env = region && account ? { region, account } : stack.env;
  return { kind: 'secret', key: placed(env, name), label: labelOf(name) };
}

function macros(stack: StackTemplate): EarlyValue[] {
  return transformsOf(stack).flatMap((name): EarlyValue[] => {
    if (!isMacro(name)) return [];
    const label = labelOf(name);
    return [
      { kind: 'macro', key: placed(stack.env, name), label },
      { kind: 'macro', key: placed(stack.env, unknownPart), label: `what ${label} reads`, isOpen: true },
    ];
  });
}

function types(stack: StackTemplate): EarlyValue[] {
  return Object.values(stack.template.Resources ?? {}).flatMap(({ Type = '' }): EarlyValue[] =>
    /^(AWS|Alexa|Custom)::(?!.*::MODULE$)/.test(Type)
      ? []
      : [{ kind: 'resource type', key: placed(stack.env, Type), label: Type }],
  );
}

function labelOf(name: string): string {
  return isKnown(name) ? name : name.replaceAll(new RegExp(`[${unknownPart}${latePart}]+`, 'g'), '…');
}
