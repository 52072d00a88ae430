/**
 * Finds `Fn::GetStackOutput`, what the CDK makes of a weak reference. CloudFormation reads the value "at stack create or
 * update time" (Template Reference, `Fn::GetStackOutput`); in a change set it is `{{changeSet:KNOWN_AFTER_APPLY}}`
 * (aws-cdk#38829), so that no review and no digest has it.
 */
import { placed } from './placed-name.ts';
import { isKnown, spellValue } from './spell-value.ts';
import { objectsIn, type StackTemplate } from './template.ts';

export interface WeakReference {
  /** Place and name of the stack that makes the value. */
  readonly key: string;
  /** Logical ID of the output. */
  readonly output: string;
}

/** Those whose stack is known by its name. */
export function findWeakReferences(stack: StackTemplate): WeakReference[] {
  if (!stack.text.includes('"Fn::GetStackOutput"')) return [];
  return [...objectsIn(stack.template)].flatMap((object) => {
    const argument = object['Fn::GetStackOutput'];
    if (typeof argument !== 'object' || argument === null) return [];
    const { StackName, OutputName, Region, RoleArn } = argument as Record<string, unknown>;
    const spell = (value: unknown) => spellValue(value, stack);
    const region = Region === undefined ? stack.env.region : spell(Region);
    const account = /:iam::(\d{12}):/.exec(spell(RoleArn ?? ''))?.[1] ?? stack.env.account;
    const [key, output] = [placed({ account, region }, spell(StackName)), spell(OutputName)];
    return isKnown(key) && isKnown(output) ? [{ key, output }] : [];
  });
}
