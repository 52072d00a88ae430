/** The macros that a template names, as a whole or in one place. */
import { spellValue } from './spell-value.ts';
import { objectsIn, type StackTemplate } from './template.ts';

/** Names of all macros and transforms, as `spellValue` spells them. */
export function transformsOf(stack: StackTemplate): string[] {
  const { Transform = [] } = stack.template;
  const ofWhole = [Transform].flat().map(nameOf);
  const inPlaces = stack.text.includes('"Fn::Transform"')
    ? [...objectsIn(stack.template)].flatMap((object) =>
        'Fn::Transform' in object ? [object['Fn::Transform']].flat().map(nameOf) : [],
      )
    : [];
  return [...new Set([...ofWhole, ...inPlaces].map((name) => spellValue(name, stack)))];
}

/** False for the transforms that AWS provides and that read nothing but the template: all but `AWS::Include`. */
export function isMacro(name: string): boolean {
  return name === 'AWS::Include' || !name.startsWith('AWS::');
}

function nameOf(transform: unknown): unknown {
  return typeof transform === 'object' && transform !== null && 'Name' in transform ? transform.Name : transform;
}
