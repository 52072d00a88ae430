/** Follows the path of a problem through a definition that is written as code, as far as it is written out. */
import { parse } from '@babel/parser';
import type { CallExpression, File, Node, Program } from '@babel/types';
import { findExport, followVariable, keyOf } from '../definition-edit/script-shape.ts';

type Token = string | number;

/** Index of the deepest value on the path that is written out; undefined where not even its beginning is. */
export function locateInScript(text: string, tokens: readonly Token[]): number | undefined {
  const file = parseScript(text);
  const exported = file && findExport(file.program);
  if (!file || !exported) return undefined;
  const found = follow(exported.value, tokens, file.program);
  return found.depth === 0 ? undefined : (found.node.start ?? undefined);
}

function parseScript(text: string): File | undefined {
  try {
    return parse(text, { sourceType: 'unambiguous', plugins: ['typescript'], attachComment: false });
  } catch {
    return undefined;
  }
}

interface Found {
  readonly node: Node;
  /** How many tokens led to it. */
  readonly depth: number;
}

function follow(written: Node, tokens: readonly Token[], program: Program): Found {
  const [token, ...rest] = tokens;
  if (token === undefined) return { node: written, depth: 0 };
  const node = followVariable(written, program) ?? written;
  const next = step(node, token);
  if (next) {
    const { node: deepest, depth } = follow(next, rest, program);
    return { node: deepest, depth: depth + 1 };
  }
  // One step may stand where a list of them may.
  if (token === 0 && node.type !== 'ArrayExpression') {
    const { node: deepest, depth } = follow(node, rest, program);
    return { node: deepest, depth: depth + 1 };
  }
  const inner = within(node);
  return inner ? follow(inner, tokens, program) : { node: written, depth: 0 };
}

function step(node: Node, token: Token): Node | undefined {
  switch (node.type) {
    case 'ObjectExpression': {
      const property = node.properties.findLast(
        (one) => one.type !== 'SpreadElement' && !one.computed && keyOf(one) === token,
      );
      return property?.type === 'ObjectProperty' ? property.value : property;
    }
    case 'ArrayExpression': {
      const before = node.elements.slice(0, Number(token) + 1);
      if (typeof token !== 'number' || before.some((element) => element?.type === 'SpreadElement')) return undefined;
      return before[token] ?? undefined;
    }
    case 'CallExpression':
      return argumentFor(node, token);
    default:
      return undefined;
  }
}

/** The helpers put their first argument under a name of its own, and take the rest from an object. */
function argumentFor({ callee, arguments: given }: CallExpression, token: Token): Node | undefined {
  const [first, second] = given;
  const name = callee.type === 'Identifier' ? callee.name : '';
  if (name === 'parallel') return token === 'parallel' ? given[0] && asList(given) : undefined;
  if (name === 'wave' && token === 'deployments') return second;
  if (isSourceHelper(callee) && (token === 'repository' || token === 'bucket')) return first;
  if (isSourceHelper(callee) && token === 'key') return second;
  const isNamed = first?.type === 'StringLiteral' || first?.type === 'TemplateLiteral';
  if (!isNamed) return undefined;
  if (token === 'name') return first;
  // `manual(name, options)` and the like.
  if (token === 'options' && name !== 'wave' && name !== 'deploy') return second;
  const objects = given.filter((argument) => argument.type === 'ObjectExpression');
  return objects.map((object) => step(object, token)).find((value) => value !== undefined);
}

function isSourceHelper(callee: CallExpression['callee']): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'source';
}

function asList(elements: CallExpression['arguments']): Node {
  const [first] = elements;
  return { ...(first as Node), type: 'ArrayExpression', elements } as unknown as Node;
}

/** Through `defineConfig(…)` and the like, and functions that only return. */
function within(node: Node): Node | undefined {
  if (node.type === 'CallExpression') return node.arguments[0];
  if (!('body' in node) || !('params' in node)) return undefined;
  const { body } = node;
  if (Array.isArray(body) || !body) return undefined;
  if (body.type !== 'BlockStatement') return body as Node;
  const last = body.body.at(-1);
  return last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : undefined;
}
