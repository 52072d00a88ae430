/** Finds the line of the author's own code that an error comes from. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findOriginalPosition } from './original-position.ts';
import { type Place, type Position, placeIn } from './place.ts';

/** For example `lib/orders.ts:12:5`: the first stack frame of `error` inside `directory`, relative to it. */
export function locate(error: unknown, directory: string): string | undefined {
  const place = findPlace(error, directory);
  return place && placeIn(directory, place);
}

/** The first stack frame inside `directory`, packages excepted, as a position in the file that the author wrote. */
export function findPlace(error: unknown, directory: string): (Place & Position) | undefined {
  const stack = stackOf(error);
  const roots = rootsOf(directory);
  for (const line of stack.split('\n')) {
    const frame = /^\s+at /.test(line) ? findFrame(line.replaceAll('\\', '/'), roots) : undefined;
    if (!frame || /[\\/]node_modules[\\/]/.test(frame.file.slice(directory.length))) continue;
    const { isNative, ...written } = frame;
    return isNative ? written : { ...written, ...findOriginalPosition(written) };
  }
  return undefined;
}

function stackOf(error: unknown): string {
  try {
    return typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  } catch {
    // A proxy, or a stack whose getter throws.
    return '';
  }
}

/** A way in which V8 may write the directory, with what it stands for. */
interface Root {
  readonly prefix: string;
  readonly directory: string;
  readonly isUrl: boolean;
}

function rootsOf(directory: string): Root[] {
  const forms = new Set([directory, realDirectory(directory)]);
  // URLs first, as each contains the plain path.
  return [
    ...[...forms].map((form) => ({ prefix: withSlash(pathToFileURL(form).href), directory, isUrl: true })),
    ...[...forms].map((form) => ({ prefix: withSlash(form.replaceAll('\\', '/')), directory, isUrl: false })),
  ];
}

function findFrame(line: string, roots: readonly Root[]) {
  for (const { prefix, directory, isUrl } of roots) {
    const start = line.indexOf(prefix);
    const [, path, row, column] =
      (start >= 0 && /^(.+?)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(line.slice(start + prefix.length))) || [];
    if (path === undefined) continue;
    const file = join(directory, isUrl ? decodeURIComponent(path) : path);
    return { file, line: Number(row), column: Number(column), isNative: isUrl };
  }
  return undefined;
}

function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

function withSlash(directory: string): string {
  return directory.endsWith('/') ? directory : `${directory}/`;
}
