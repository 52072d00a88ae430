/** Finds in a script the object that is the definition, and in it the list of plugins. */
import type {
  ArrayExpression,
  Expression,
  File,
  Node,
  ObjectExpression,
  ObjectMethod,
  ObjectProperty,
  Program,
  Statement,
} from '@babel/types';

export interface ScriptShape {
  readonly definition: ObjectExpression;
  /** The property `plugins`, where there is one. */
  readonly property?: ObjectProperty;
  /** What it holds, where that is a list written out. */
  readonly list?: ArrayExpression;
  /** Whether the file exports by `module.exports`. */
  readonly isCommonJs: boolean;
}

/** The shape, or why it is not understood. */
export function readScriptShape({ program }: File): ScriptShape | string {
  const exported = findExport(program);
  if (!exported) return 'it has no default export that could be followed';
  const definition = followToObject(exported.value, program);
  if (!definition) return 'what it exports is not an object written out in this file';
  const property = definition.properties.find(
    (one): one is ObjectProperty => one.type === 'ObjectProperty' && !one.computed && keyOf(one) === 'plugins',
  );
  const { isCommonJs } = exported;
  if (!property) {
    const isSpread = definition.properties.some(({ type }) => type === 'SpreadElement');
    return isSpread ? 'its plugins may come from a spread object' : { definition, isCommonJs };
  }
  const value = followVariable(property.value, program);
  if (value?.type !== 'ArrayExpression') return '"plugins" is not a list written out in this file';
  return { definition, property, list: value, isCommonJs };
}

export function findExport({ body }: Program): { value: Node; isCommonJs: boolean } | undefined {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') return { value: statement.declaration, isCommonJs: false };
    if (statement.type === 'TSExportAssignment') return { value: statement.expression, isCommonJs: true };
    const { left, right } = assignmentOf(statement) ?? {};
    if (
      left?.type === 'MemberExpression' &&
      left.object.type === 'Identifier' &&
      left.object.name === 'module' &&
      left.property.type === 'Identifier' &&
      left.property.name === 'exports' &&
      right
    )
      return { value: right, isCommonJs: true };
  }
  return undefined;
}

function assignmentOf(statement: Statement) {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return undefined;
  return statement.expression;
}

/** Through `defineConfig(…)`, `… satisfies Definition`, a variable, and a function that only returns. */
function followToObject(node: Node, program: Program): ObjectExpression | undefined {
  const value = followVariable(node, program);
  switch (value?.type) {
    case 'ObjectExpression':
      return value;
    case 'CallExpression': {
      const [first] = value.arguments;
      return first && followToObject(first, program);
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration': {
      if (value.body.type !== 'BlockStatement') return followToObject(value.body, program);
      const last = value.body.body.at(-1);
      const returns = value.body.body.filter(({ type }) => type === 'ReturnStatement' || type === 'IfStatement');
      if (last?.type !== 'ReturnStatement' || !last.argument || returns.length > 1) return undefined;
      return followToObject(last.argument, program);
    }
    default:
      return undefined;
  }
}

export function followVariable(node: Node, program: Program): Node | undefined {
  const bare = unwrapped(node);
  if (bare.type !== 'Identifier') return bare;
  for (const statement of program.body) {
    if (statement.type === 'FunctionDeclaration' && statement.id?.name === bare.name) return statement;
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations)
      if (id.type === 'Identifier' && id.name === bare.name && init) return followVariable(init, program);
  }
  return undefined;
}

/** Without the types and parentheses around it. */
function unwrapped(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return unwrapped(node.expression satisfies Expression);
    default:
      return node;
  }
}

export function keyOf({ key }: ObjectProperty | ObjectMethod): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : undefined;
}
