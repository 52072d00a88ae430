/** Reads a definition written as data. */
import { configEmpty } from '../errors/catalogue/loading.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { findDuplicateKey } from './find-duplicate-key.ts';
import type { LoadContext } from './load-context.ts';
import { type Parsed, parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import { placeIn } from './place.ts';
import { wordSyntaxFault } from './syntax-fault.ts';

/** @throws CdkpipeError (`source: 'user'`) when it does not parse, or holds nothing */
export function readJson(file: string, text: string, context: LoadContext): unknown {
  return valueOrFault(parseJson(text), file, context);
}

/** @throws CdkpipeError (`source: 'user'`) when an object has a key twice; YAML is refused for that by its parser */
export function refuseDuplicateKeys(file: string, text: string, { cwd }: LoadContext): void {
  const fault = findDuplicateKey(text);
  if (fault) throw refused([wordSyntaxFault(file, fault, cwd)]);
}

/** @throws CdkpipeError (`source: 'user'`) when it does not parse, or holds nothing */
export async function readYaml(file: string, text: string, context: LoadContext): Promise<unknown> {
  return valueOrFault(await parseYaml(text), file, context);
}

function valueOrFault(parsed: Parsed, file: string, { cwd }: LoadContext): unknown {
  if ('reason' in parsed) throw refused([wordSyntaxFault(file, parsed, cwd)]);
  if (parsed.value === null || parsed.value === undefined) throw refused([configEmpty(placeIn(cwd, { file }))]);
  return withoutSchemaAddress(parsed.value);
}

/** `$schema` is for the editor. */
function withoutSchemaAddress(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('$schema' in value)) return value;
  const { $schema, ...rest } = value;
  return typeof $schema === 'string' ? rest : value;
}
