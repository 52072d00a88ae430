/** Says what a tap changed in a value, item by item. */
import diff from 'microdiff';

export interface Change {
  readonly type: 'added' | 'removed' | 'changed';
  /** Where: keys, and for items of a list their `id`, `name`, `Name` or `Sid`, for example `['nodes', 'ProdEu/Smoke', 'after']`. */
  readonly place: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

const types = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

/** Items of lists are told apart by their `id`, `name`, `Name` or `Sid`, and statements by what they allow, so that one more at the front is one change. */
export function describeChanges(before: unknown, after: unknown): Change[] {
  return diff(byIdentity({ value: before }), byIdentity({ value: after })).map((difference) => ({
    type: types[difference.type],
    place: difference.path.slice(1).map(String),
    ...('oldValue' in difference ? { before: difference.oldValue } : {}),
    ...('value' in difference ? { after: difference.value } : {}),
  }));
}

function byIdentity(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, identified(value)]));
}

function identified(value: unknown): unknown {
  if (Array.isArray(value)) return byIdentity(Object.fromEntries(keyed(value)));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return byIdentity(value as Record<string, unknown>);
}

type Identify = (item: Readonly<Record<string, unknown>> | null | undefined) => unknown;

const identities: readonly Identify[] = [
  (item) => item?.id,
  (item) => item?.name,
  (item) => item?.Name,
  (item) => item?.Sid,
  // A statement of a policy.
  (item) => item?.Effect && item.Action && `${item.Effect} ${[item.Action].flat().join(', ')}`,
];

function keyed(items: readonly unknown[]): [string, unknown][] {
  for (const identify of identities) {
    const keys = items.map((item) => identify(item as Record<string, unknown> | null));
    if (keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length)
      return items.map((item, index) => [String(keys[index]), item]);
  }
  return items.map((item, index) => [String(index), item]);
}
