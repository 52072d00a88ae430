/** The file that tells a CloudFormation action the tags of a stack and the values of its parameters. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';

/** Writes it beside the template and returns its path in the assembly; undefined where there is nothing to tell. */
export function writeTemplateConfiguration(assemblyDirectory: string, stack: AssembledStack): string | undefined {
  const { tags, parameters } = stack;
  if (Object.keys(tags).length === 0 && parameters === undefined) return undefined;
  const file = configurationFile(stack);
  const path = join(assemblyDirectory, file);
  mkdirSync(dirname(path), { recursive: true });
  const told = { ...(parameters && { Parameters: parameters }), ...(Object.keys(tags).length > 0 && { Tags: tags }) };
  writeFileSync(path, JSON.stringify(told));
  return file;
}

export function configurationFile({ templateFile }: AssembledStack): string {
  return `${templateFile}.config.json`;
}
