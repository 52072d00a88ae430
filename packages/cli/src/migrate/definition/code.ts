/** Code as a tree, and its text: on one line where it fits, else one entry a line. */

export type Code =
  | { readonly type: 'raw'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly Entry[] }
  | { readonly type: 'object'; readonly entries: readonly Entry[] }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Code[] };

/** An entry of a list or object; without `code` it is nothing but its comments. */
export interface Entry {
  readonly key?: string;
  readonly code?: Code;
  readonly comments?: readonly string[];
}

export const raw = (text: string): Code => ({ type: 'raw', text });
export const list = (items: readonly (Code | Entry)[]): Code => ({ type: 'list', items: items.map(toEntry) });
export const call = (name: string, ...args: readonly Code[]): Code => ({ type: 'call', name, args });

/** Keys whose code is undefined are left out. */
export function object(entries: Readonly<Record<string, Code | undefined>>, comments: readonly string[] = []): Code {
  const given = Object.entries(entries).flatMap(([key, code]) => (code === undefined ? [] : [{ key, code }]));
  return { type: 'object', entries: [...(comments.length > 0 ? [{ comments }] : []), ...given] };
}

/** JSON data as a literal. */
export function literal(value: unknown): Code {
  if (typeof value === 'string') return raw(quoted(value));
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value !== 'object' || value === null) return raw(String(value));
  return object(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)])));
}

/** A string literal: JSON's escapes, in single quotes where that needs no more escapes. */
export function quoted(text: string): string {
  const json = JSON.stringify(text).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
  if (text.includes("'") && !text.includes('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Comments of one line each, whatever is in the text. */
export function commentLines(comments: readonly string[]): string[] {
  return comments.map((comment) => `// ${comment.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`);
}

const width = 118;

/** @param column where the text begins on its line; @param indent spaces before further lines */
export function print(code: Code, column = 0, indent = 0): string {
  const flat = printFlat(code);
  if (flat !== undefined && column + flat.length <= width) return flat;
  switch (code.type) {
    case 'raw':
      return code.text;
    case 'list':
      return printEntries(['[', ']'], code.items, indent);
    case 'object':
      return printEntries(['{', '}'], code.entries, indent);
    case 'call':
      return printCall(code, column, indent);
  }
}

/** The last argument goes over several lines, as by hand, if that is enough. */
function printCall({ name, args }: Extract<Code, { type: 'call' }>, column: number, indent: number): string {
  const [last, ...before] = [...args].reverse();
  const heads = before.reverse();
  if (last === undefined) return `${name}()`;
  if (last.type !== 'raw' && heads.every(({ type }) => type === 'raw')) {
    const head = `${name}(${heads.map((each) => `${printFlat(each)}, `).join('')}`;
    return `${head}${print(last, column + head.length, indent)})`;
  }
  return printEntries([`${name}(`, ')'], args.map(toEntry), indent);
}

function printEntries([open, close]: readonly [string, string], entries: readonly Entry[], indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const lines = entries.flatMap(({ key, code, comments = [] }) => {
    const above = commentLines(comments).map((comment) => inner + comment);
    if (code === undefined) return above;
    const head = key === undefined ? '' : `${keyText(key)}: `;
    return [...above, `${inner}${head}${print(code, inner.length + head.length + 1, indent + 2)},`];
  });
  return [open, ...lines, `${' '.repeat(indent)}${close}`].join('\n');
}

/** Undefined where lines are needed, as for comments. */
function printFlat(code: Code): string | undefined {
  switch (code.type) {
    case 'raw':
      return code.text;
    case 'list':
      return flatten(code.items, (text) => `[${text}]`);
    case 'object':
      return flatten(code.entries, (text) => (text === '' ? '{}' : `{ ${text} }`));
    case 'call':
      // Deployments are read one by one, however short they are.
      if (code.name === 'deploy') return undefined;
      return flatten(code.args.map(toEntry), (text) => `${code.name}(${text})`);
  }
}

function flatten(entries: readonly Entry[], enclose: (text: string) => string): string | undefined {
  const texts = entries.map(({ key, code, comments = [] }) => {
    const text = code === undefined || comments.length > 0 ? undefined : printFlat(code);
    return text !== undefined && key !== undefined ? `${keyText(key)}: ${text}` : text;
  });
  return texts.every((text) => text !== undefined) ? enclose(texts.join(', ')) : undefined;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__'
    ? key
    : key === '__proto__'
      ? `['__proto__']`
      : quoted(key);
}

function toEntry(item: Code | Entry): Entry {
  return 'type' in item ? { code: item } : item;
}
