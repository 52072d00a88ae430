/** Adds a plugin to a definition in JSON, or in the `cdkpipe` key of package.json, and takes it out again. */
import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import { type Edited, newlineOf } from './edited.ts';

/** @param within the keys under which the definition lies */
export function addToJson(text: string, name: string, within: JSONPath): Edited {
  const list = listIn(text, within);
  if (list === 'other') return notUnderstood(name);
  if (list?.children?.some((entry) => isOf(entry, name))) return { text };
  const edited = list
    ? modify(text, [...within, 'plugins', list.children?.length ?? 0], name, {
        ...styleOf(text),
        isArrayInsertion: true,
      })
    : modify(text, [...within, 'plugins'], [name], styleOf(text));
  return { text: applyEdits(text, edited) };
}

export function removeFromJson(text: string, name: string, within: JSONPath): Edited {
  const list = listIn(text, within);
  if (list === 'other') return notUnderstood(name);
  const index = list?.children?.findIndex((entry) => isOf(entry, name)) ?? -1;
  if (index < 0) return { text };
  return { text: applyEdits(text, modify(text, [...within, 'plugins', index], undefined, styleOf(text))) };
}

function listIn(text: string, within: JSONPath): Node | 'other' | undefined {
  const root = parseTree(text);
  const definition = root && findNodeAtLocation(root, within);
  if (definition?.type !== 'object') return 'other';
  const list = findNodeAtLocation(definition, ['plugins']);
  return list === undefined || list.type === 'array' ? list : 'other';
}

/** The name alone, in a pair with options, or as `{ plugin, options }`. */
function isOf(entry: Node, name: string): boolean {
  if (entry.type === 'array') return entry.children?.[0]?.value === name;
  if (entry.type === 'object') return findNodeAtLocation(entry, ['plugin'])?.value === name;
  return entry.value === name;
}

function notUnderstood(name: string): Edited {
  return { reason: '"plugins" is not a list', byHand: [`"plugins": [${JSON.stringify(name)}]`] };
}

function styleOf(text: string) {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    formattingOptions: { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: newlineOf(text) },
  };
}
