/** Evaluates CloudFormation's intrinsic functions: Template Reference Guide, "Intrinsic function reference". */
import { validationError } from './fault.test.fixture.ts';

export interface Scope {
  /** Value of a parameter or pseudo parameter, or the physical ID of a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  /** Value that another stack of this account and region exports. */
  importValue(name: string): string;
}

/** What `AWS::NoValue` becomes; taken out of lists and objects. */
const noValue = Symbol('AWS::NoValue');

export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')))
    return call(name, argument, scope);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, evaluate(item, scope)] as const).filter(([, item]) => item !== noValue),
  );
}

/** As `evaluate`, for what must hold or not. */
export const isTrue = (value: unknown, scope: Scope): boolean => String(evaluate(value, scope)) === 'true';

type Function = (argument: unknown, scope: Scope) => unknown;

const listOf = (argument: unknown, scope: Scope) => evaluate(argument, scope) as unknown[];

const functions: Readonly<Record<string, Function>> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? noValue : scope.ref(String(argument))),
  // Below `Fn::And` it names a condition; a policy statement also has a key `Condition`, whose value is an object.
  Condition: (argument, scope) =>
    typeof argument === 'string' ? scope.condition(argument) : { Condition: evaluate(argument, scope) },
  'Fn::GetAtt': (argument, scope) => {
    const [id = '', ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.attribute(id, rest.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [text, values] = [argument].flat() as [string, Record<string, unknown>?];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      if (values && name in values) return String(evaluate(values[name], scope));
      const [id = '', ...attribute] = name.trim().split('.');
      return String(attribute.length === 0 ? scope.ref(id) : scope.attribute(id, attribute.join('.')));
    });
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = argument as [string, unknown];
    return listOf(items, scope).join(separator);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = argument as [number | string, unknown];
    return listOf(items, scope)[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = argument as [string, unknown];
    return String(evaluate(text, scope)).split(separator);
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = argument as [string, unknown, unknown];
    return evaluateOrNothing(scope.condition(condition) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = listOf(argument, scope).map(String);
    return one === other;
  },
  'Fn::Not': (argument, scope) => !isTrue((argument as unknown[])[0], scope),
  'Fn::And': (argument, scope) => (argument as unknown[]).every((each) => isTrue(each, scope)),
  'Fn::Or': (argument, scope) => (argument as unknown[]).some((each) => isTrue(each, scope)),
  'Fn::Contains': (argument, scope) => {
    const [items, item] = listOf(argument, scope) as [unknown[], unknown];
    return items.map(String).includes(String(item));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(String(evaluate(argument, scope))),
};

function evaluateOrNothing(value: unknown, scope: Scope): unknown {
  const isNothing = typeof value === 'object' && value !== null && 'Ref' in value && value.Ref === 'AWS::NoValue';
  return isNothing ? noValue : evaluate(value, scope);
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const found = functions[name];
  if (!found) throw validationError(`Template error: the loopback does not know ${name}`);
  return found(argument, scope);
}
