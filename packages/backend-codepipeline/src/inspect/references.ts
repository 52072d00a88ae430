/** Finds and replaces what a piece of a template refers to in the rest of it. */
import { asObject, type Json } from './read-template.ts';

/** Every reference to a resource or parameter below a value, each once. */
export function findReferences(value: Json): Json[] {
  const found = new Map<string, Json>();
  replaceReferences(value, (reference) => {
    found.set(JSON.stringify(reference), reference);
    return reference;
  });
  return [...found.values()];
}

/** A copy of `value` in which each reference is what `replace` makes of it. */
export function replaceReferences(value: Json, replace: (reference: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) return replace(value);
  return Object.fromEntries(
    Object.entries(asObject(value)).map(([key, item]) => [key, replaceReferences(item, replace)]),
  );
}

function isReference(value: Json): boolean {
  const [[name, target] = [], ...others] = Object.entries(asObject(value));
  if (others.length > 0) return false;
  if (name === 'Ref') return !String(target).startsWith('AWS::');
  if (name === 'Fn::Sub') return /\$\{(?!AWS::|!)/.test(JSON.stringify(target));
  return name === 'Fn::GetAtt';
}
