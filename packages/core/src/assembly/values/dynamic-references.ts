/** Finds the dynamic references of a template: `{{resolve:service:name}}`, also where they are put together from parts. */
import { spellValue } from './spell-value.ts';
import type { StackTemplate } from './template.ts';

export interface DynamicReference {
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  /** All behind the service, as {@link spellValue} spells it. */
  readonly key: string;
}

export function findDynamicReferences(stack: StackTemplate): DynamicReference[] {
  if (!stack.text.includes('{{resolve:')) return [];
  const found = new Map<string, DynamicReference>();
  for (const text of stringsIn(stack.template, stack))
    for (const [all, service, key = ''] of text.matchAll(/\{\{resolve:(ssm|ssm-secure|secretsmanager):(.*?)\}\}/gs))
      found.set(all, { service: service as DynamicReference['service'], key });
  return [...found.values()];
}

/** Strings that are put together by the template count as one. */
function* stringsIn(value: unknown, stack: StackTemplate): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  if ('Fn::Join' in value || 'Fn::Sub' in value) yield spellValue(value, stack);
  for (const item of Object.values(value)) yield* stringsIn(item, stack);
}
