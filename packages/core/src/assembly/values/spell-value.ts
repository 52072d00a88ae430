/** Spells a string of a template as far as it is known before CloudFormation works on it. */
import type { StackTemplate } from './template.ts';

/** Stands for a part that only CloudFormation can fill in. */
export const unknownPart = '\u0001';
/** Stands for a part that comes to be while a stack executes: it cannot be read before. */
export const latePart = '\u0002';

/** The string with a mark for every part that is not known; a value that is no string is one such part. */
export function spellValue(value: unknown, stack: StackTemplate): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value ?? {});
  if (others.length > 0) return unknownPart;
  switch (name) {
    case 'Ref':
      return spellReference(String(argument), stack);
    case 'Fn::GetAtt':
    case 'Fn::ImportValue':
    case 'Fn::GetStackOutput':
      return latePart;
    case 'Fn::Join':
      return spellJoin(argument, stack);
    case 'Fn::Sub':
      return spellSub(argument, stack);
    default:
      return isLate(argument, stack) ? latePart : unknownPart;
  }
}

/** True where every part is known. */
export function isKnown(spelled: string): boolean {
  return !spelled.includes(unknownPart) && !spelled.includes(latePart);
}

/** Whether two spelled names can turn out to be the same. */
export function mayBeSame(one: string, other: string): boolean {
  if (isKnown(one)) return isKnown(other) ? one === other : patternOf(other).test(one);
  return !isKnown(other) || patternOf(one).test(other);
}

function patternOf(spelled: string): RegExp {
  const parts = spelled.split(new RegExp(`[${unknownPart}${latePart}]+`));
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's');
}

function spellReference(name: string, { template, env, stackName, parameters }: StackTemplate): string {
  const pseudo = { 'AWS::AccountId': env.account, 'AWS::Region': env.region, 'AWS::StackName': stackName }[name];
  if (pseudo !== undefined) return pseudo;
  const parameter = template.Parameters?.[name];
  if (parameter === undefined) return template.Resources?.[name] === undefined ? unknownPart : latePart;
  // The value of such a parameter is the name of another one.
  if (String(parameter.Type).startsWith('AWS::SSM::')) return unknownPart;
  const given = parameters[name] ?? parameter.Default;
  return given === undefined ? unknownPart : String(given);
}

function spellJoin(argument: unknown, stack: StackTemplate): string {
  const [delimiter, parts] = Array.isArray(argument) ? argument : [];
  if (typeof delimiter === 'string' && Array.isArray(parts))
    return parts.map((part) => spellValue(part, stack)).join(delimiter);
  return isLate(argument, stack) ? latePart : unknownPart;
}

function spellSub(argument: unknown, stack: StackTemplate): string {
  const [text, values = {}] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return unknownPart;
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, written: string) => {
    if (written.startsWith('!')) return `\${${written.slice(1)}}`;
    const name = written.trim();
    if (Object.hasOwn(values, name)) return spellValue(values[name], stack);
    return name.includes('.') ? latePart : spellReference(name, stack);
  });
}

/** Whether anything below a value comes to be while a stack executes. */
function isLate(value: unknown, stack: StackTemplate): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).length === 1 && !Array.isArray(value)) {
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    if (['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::Sub', 'Fn::Join'].includes(name))
      return spellValue({ [name]: argument }, stack).includes(latePart);
  }
  return Object.values(value).some((item) => isLate(item, stack));
}
