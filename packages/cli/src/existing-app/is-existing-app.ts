/** Whether a directory holds a CDK app already, and a definition. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function isExistingApp(directory: string): boolean {
  return existsSync(join(directory, 'cdk.json'));
}

const definitionFile = /^(?:cdkpipe\.config\.[a-z]+|\.cdkpiperc(?:\.[a-z]+)?)$/;

export function hasDefinition(directory: string): boolean {
  if (readdirSync(directory).some((name) => definitionFile.test(name))) return true;
  const file = join(directory, 'package.json');
  return existsSync(file) && 'cdkpipe' in (JSON.parse(readFileSync(file, 'utf8')) as object);
}
