/** Holds a stack of the app against CloudFormation's quotas, which no deployment gets around. */
import { stackTooLarge } from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';

/** AWS CloudFormation User Guide, "Quotas". */
const most = { bytes: 1_000_000, Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200, tags: 50 } as const;

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
  const check = (what: string, found: number, limit: number) =>
    found > limit ? [stackTooLarge(path, id, what, found, limit)] : [];
  return [
    ...check('bytes of template', Buffer.byteLength(text), most.bytes),
    ...(['Resources', 'Parameters', 'Outputs', 'Mappings'] as const).flatMap((section) =>
      check(section.toLowerCase(), Object.keys(sections[section] ?? {}).length, most[section]),
    ),
    ...check('tags', Object.keys(tags).length, most.tags),
  ];
}
