/** Policy statements, wherever in a resource they stand, cut into the smallest permissions that can be compared. */
import { canonicalJson, isObject, type Json, type JsonObject } from './json.ts';

/** A statement holds more combinations than this only where someone generates them; it is then compared as a whole. */
const mostAtoms = 10_000;

/** Every policy statement below a value, also inside conditions of the template and in policies written as text. */
export function findStatements(value: Json | undefined): JsonObject[] {
  if (typeof value === 'string') return value.includes('"Statement"') ? findStatements(parse(value)) : [];
  if (Array.isArray(value)) return value.flatMap(findStatements);
  if (!isObject(value)) return [];
  if (isStatement(value)) return [value];
  return Object.values(value).flatMap(findStatements);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** An effect may be decided by a condition of the template. */
function isStatement({ Effect, ...value }: JsonObject): boolean {
  const isEffect = Effect === 'Allow' || Effect === 'Deny' || isObject(Effect);
  return isEffect && ('Action' in value || 'NotAction' in value);
}

/** One action on one resource by one principal, as far as a statement lists them. */
export interface Atom {
  readonly key: string;
  /** The same without the statement's condition. */
  readonly unconditional: string;
}

export function atomsOf(statement: JsonObject): Atom[] {
  const { Sid, Effect, Action, Resource, Principal, Condition, ...rest } = statement;
  const lists = [listOf(Action), listOf(Resource), principalsOf(Principal)] as const;
  const isTooLarge = lists.reduce((product, list) => product * list.length, 1) > mostAtoms;
  const [actions, resources, principals] = isTooLarge ? [[Action], [Resource], [Principal]] : lists;
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      principals.map((principal) => {
        const unconditional = canonicalJson([Effect, action, resource, principal, sortLists(rest)]);
        return {
          key: Condition === undefined ? unconditional : `${unconditional} if ${spell(Condition)}`,
          unconditional,
        };
      }),
    ),
  );
}

const spell = (value: Json) => canonicalJson(sortLists(value));

/** A list of its items; nothing, and what is no list, as the one item it is. */
function listOf(value: Json | undefined): readonly (Json | undefined)[] {
  return Array.isArray(value) ? value : [value];
}

function principalsOf(value: Json | undefined): readonly (Json | undefined)[] {
  if (!isObject(value) || Object.keys(value).some((key) => key.startsWith('Fn::') || key === 'Ref')) return [value];
  return Object.entries(value).flatMap(([type, names]) => listOf(names).map((name) => ({ [type]: name })));
}

/** `NotAction` and its like, and values of conditions, mean the same in any order. */
function sortLists(value: Json | undefined): Json | undefined {
  if (Array.isArray(value))
    return value.map((item) => sortLists(item) ?? null).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  if (!isObject(value)) return value;
  // The order of an intrinsic's arguments counts.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key.startsWith('Fn::') ? item : sortLists(item)]),
  );
}
