/** Values of the app as plain data, where they are. */
import type { OldText, OldValue, Plain } from '../old-app/old-app.ts';

/** What the recorder uses of the app's own copy of the CDK. */
export interface Tokens {
  readonly Token: { isUnresolved(value: unknown): boolean };
  readonly Tokenization: {
    reverseString(text: string): { readonly fragments?: unknown; readonly literalStrings?: unknown } & Fragments;
  };
}

interface Fragments {
  mapTokens?(mapper: { mapToken(token: object): unknown }): Fragments;
  readonly fragments?: readonly { readonly type: string; readonly lit?: unknown; readonly token?: object }[];
}

/** Undefined where the value, or a part of it, is not plain data. */
export function plainOf(value: unknown, tokens: Tokens, depth = 0): Plain | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string' || typeof value === 'number')
    return tokens.Token.isUnresolved(value) ? undefined : value;
  if (typeof value !== 'object' || depth > 20) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => plainOf(item, tokens, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, plainOf(item, tokens, depth + 1)] as const);
  return entries.every(([, item]) => item !== undefined)
    ? (Object.fromEntries(entries) as { [key: string]: Plain })
    : undefined;
}

/** A string only if all of it is known. */
export function plainText(value: unknown, tokens: Tokens): string | undefined {
  return typeof value === 'string' && !tokens.Token.isUnresolved(value) ? value : undefined;
}

/** A text with the values in it, each named by the step that makes it where that is so. */
export function textOf(value: unknown, tokens: Tokens, keyOf: (step: object) => number): OldText {
  if (typeof value !== 'string') return [{ value: 'unknown', text: String(value) }];
  if (!tokens.Token.isUnresolved(value)) return [value];
  const { fragments = [] } = tokens.Tokenization.reverseString(value);
  return fragments.map(({ type, lit, token }) => {
    if (type === 'literal') return String(lit);
    return token === undefined ? { value: 'unknown', text: value } : stepValueOf(token, keyOf);
  });
}

function stepValueOf(token: object, keyOf: (step: object) => number): OldValue {
  // As `StepOutput` of aws-cdk-lib/pipelines/lib/helpers-internal has it.
  const { step, engineSpecificInformation: name } = token as { step?: unknown; engineSpecificInformation?: unknown };
  if (typeof step === 'object' && step !== null && typeof name === 'string')
    return { value: 'step', step: keyOf(step), name };
  const parameter = parameterOf(token);
  return parameter === undefined ? { value: 'unknown', text: String(token) } : { value: 'parameter', name: parameter };
}

/** `StringParameter.valueForStringParameter` refers to a parameter of the template whose default is the name. */
function parameterOf(token: object): string | undefined {
  const { target, displayName } = token as { target?: { type?: unknown; default?: unknown }; displayName?: unknown };
  const isRead = target?.type === 'AWS::SSM::Parameter::Value<String>' && displayName === 'Ref';
  return isRead && typeof target.default === 'string' ? target.default : undefined;
}
