/** Evaluates expressions with the library of GitHub. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Contexts = Readonly<Record<string, unknown>>;

/** Every expression in a text, replaced by its value. */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{((?:[^'}]|'(?:[^']|'')*'|\}(?!\}))*)\}\}/g, (_, code: string) =>
    evaluate(code, contexts).coerceString(),
  );
}

/** A condition, to which GitHub adds `success()` by itself; that is the caller's part. */
export function isTrue(condition: string, contexts: Contexts): boolean {
  const value = evaluate(condition, contexts);
  return value.kind === data.Kind.Boolean ? (value as data.BooleanData).value : value.coerceString() !== '';
}

function evaluate(code: string, contexts: Contexts): data.ExpressionData {
  const { tokens } = new Lexer(code.trim()).lex();
  const expression = new Parser(tokens, Object.keys(contexts), []).parse();
  return new Evaluator(expression, dataOf(contexts) as data.Dictionary).evaluate();
}

function dataOf(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (typeof value !== 'object' || value === null) return new data.Null();
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: dataOf(item) })));
}
