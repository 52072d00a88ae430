/** Keeps stdout for one JSON document, whatever a definition or a plugin prints. */

import { withoutCredentials } from '@cdkpipe/core';
import { makeVisibleInJson } from '../terminal/make-visible.ts';

type Write = typeof process.stdout.write;

let original: Write | undefined;

/** From now on, what anybody writes to stdout goes to stderr, until the process ends. */
export function reserveStdout(): void {
  original ??= process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}

/** Writes the document to the real stdout. */
export function writeDocument(document: unknown): void {
  writeText(JSON.stringify(document, withoutSecrets, 2));
}

/** Writes one event of a stream to the real stdout: JSON on one line. */
export function writeLine(event: unknown): void {
  writeText(JSON.stringify(event, withoutSecrets));
}

function withoutSecrets(_: string, value: unknown): unknown {
  return typeof value === 'string' ? withoutCredentials(value) : value;
}

function writeText(text: string): void {
  const write = original ?? process.stdout.write.bind(process.stdout);
  write(`${makeVisibleInJson(text)}\n`);
}
