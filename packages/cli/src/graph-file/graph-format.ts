/** Tells the format of a graph from the name of its file, before anything is built. */
import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { type Problem, refused } from '@cdkpipe/core';
import { fileNotWritten, graphFormatUnknown } from '../problems/problems.ts';

export const graphFormats = ['svg', 'html', 'mmd', 'md', 'dot', 'json'] as const;
export type GraphFormat = (typeof graphFormats)[number];

export interface GraphFile {
  readonly file: string;
  readonly format: GraphFormat;
}

/** @throws CdkpipeError (`source: 'user'`) when the extension has no format, or nothing can be written there */
export function graphFileOf(name: string): GraphFile {
  const file = resolve(name);
  const extension = extname(file).slice(1).toLowerCase();
  const format = graphFormats.find((each) => each === extension);
  const problems: Problem[] = [
    ...(format === undefined ? [graphFormatUnknown(name, graphFormats)] : []),
    ...placeProblems(name, file),
  ];
  if (format === undefined || problems.length > 0) throw refused(problems);
  return { file, format };
}

function placeProblems(name: string, file: string): Problem[] {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    return [fileNotWritten('--graph', name, 'it is a directory')];
  const directory = dirname(file);
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found?.isDirectory()) return [];
  return [fileNotWritten('--graph', name, `${directory} is no directory`)];
}
