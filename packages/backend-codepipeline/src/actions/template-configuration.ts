/** The file that tells a CloudFormation action the tags of a stack. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';

/** Writes it beside the template and returns its path in the assembly; undefined where the stack has no tags. */
export function writeTemplateConfiguration(assemblyDirectory: string, stack: AssembledStack): string | undefined {
  if (Object.keys(stack.tags).length === 0) return undefined;
  const file = `${stack.templateFile}.config.json`;
  const path = join(assemblyDirectory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ Tags: stack.tags }));
  return file;
}
