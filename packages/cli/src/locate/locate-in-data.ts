/** Follows the path of a problem through a definition in JSON or YAML. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { isNode, parseDocument } from 'yaml';

type Token = string | number;

/** Index of the deepest value on the path; undefined where the text cannot be read, or has not even its beginning. */
export function locateInJson(text: string, tokens: readonly Token[], within: readonly string[]): number | undefined {
  const root = parseTree(text);
  return deepest(tokens, (path) => root && findNodeAtLocation(root, [...within, ...path])?.offset);
}

export function locateInYaml(text: string, tokens: readonly Token[]): number | undefined {
  const document = parseDocument(text);
  return deepest(tokens, (path) => {
    const node = document.getIn(path, true);
    return isNode(node) ? node.range?.[0] : undefined;
  });
}

function deepest(tokens: readonly Token[], find: (path: readonly Token[]) => number | undefined): number | undefined {
  for (let length = tokens.length; length > 0; length--) {
    const found = find(tokens.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}
