/** Maps a position in what jiti made of a file to the position in that file. */
import { readFileSync } from 'node:fs';
import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import type { Position } from './place.ts';

// What jiti writes before the code on its first line when it wraps a module into a function.
const wrapper = '(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { ';

/**
 * Where that position was in the file as written; undefined where nothing is known or nothing was changed.
 *
 * jiti keeps lines but not columns. Its source maps would double what it caches and node does not apply them to code
 * from `vm`, so the file is transformed once more, and only here, when there is an error to place.
 */
export function findOriginalPosition(at: Position & { readonly file: string }): Position | undefined {
  try {
    if (!isTransformed(at.file)) return undefined;
    const source = readFileSync(at.file, 'utf8');
    const map = sourceMapOf(at.file, source);
    const column = at.line === 1 ? at.column - wrapper.length : at.column;
    const { originalLine, originalColumn } = map.findEntry(at.line - 1, column - 1) as {
      originalLine?: number;
      originalColumn?: number;
    };
    if (originalLine === undefined || originalColumn === undefined) return undefined;
    return { line: originalLine + 1, column: startOfCall(source, originalLine, originalColumn) + 1 };
  } catch {
    return undefined;
  }
}

const typescript = /\.[cm]?tsx?$/;

/** Whether jiti evaluated a file, as opposed to node: its modules carry a `require` of jiti's own kind. */
function isTransformed(file: string): boolean {
  const require: object | undefined = createRequire(file).cache[file]?.require;
  return typescript.test(file) || (require !== undefined && 'evalModule' in require);
}

/** The start of `foo` for the bracket of `foo(`: where node sees a call, unless `foo` was imported and rewritten. */
function startOfCall(source: string, line: number, column: number): number {
  const text = source.split('\n')[line] ?? '';
  const callee = text[column] === '(' ? /[\w$]+$/.exec(text.slice(0, column)) : null;
  return callee ? callee.index : column;
}

function sourceMapOf(file: string, source: string): SourceMap {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  const code = createJiti(file, { fsCache: false, sourceMaps: true }).transform({
    source,
    filename: file,
    ts: typescript.test(file),
    async: true,
  });
  const encoded = code.slice(code.lastIndexOf(';base64,') + ';base64,'.length);
  return new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()) as SourceMapPayload);
}
