/** Holds a stack of the app against CloudFormation's quotas, which no deployment gets around. */
import { stackQuotas } from '../contracts/stack-quotas.ts';
import { stackTooLarge } from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';

export interface StackSize {
  readonly path: string;
  readonly id: string;
  /** The template as it is written. */
  readonly text: string;
  readonly template: object;
  readonly tags: Readonly<Record<string, string>>;
}

export function checkStackSize({ path, id, text, template, tags }: StackSize): Problem[] {
  const sections = template as Readonly<Record<string, object | undefined>>;
  const count = (section: string) => Object.keys(sections[section] ?? {}).length;
  const check = (what: string, found: number, limit: number) =>
    found > limit ? [stackTooLarge(path, id, what, found, limit)] : [];
  return [
    ...check('bytes of template', Buffer.byteLength(text), stackQuotas.templateBytes),
    ...check('resources', count('Resources'), stackQuotas.resources),
    ...check('parameters', count('Parameters'), stackQuotas.parameters),
    ...check('outputs', count('Outputs'), stackQuotas.outputs),
    ...check('mappings', count('Mappings'), stackQuotas.mappings),
    ...check('tags', Object.keys(tags).length, stackQuotas.tags),
  ];
}
