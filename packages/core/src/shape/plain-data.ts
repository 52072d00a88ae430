/** Copies what an author exported, once and within bounds, so that every later phase reads plain data. */
import { types } from 'node:util';
import * as words from '../errors/catalogue/definition.ts';
import { isCdkpipeError, refused, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { formatPath } from './schema-problems.ts';

/** Far above every real definition; aliases of YAML count as often as they are used. */
export const dataLimits = { depth: 100, values: 200_000 } as const;

interface Copied {
  readonly copy: unknown;
  /** Values inside, shared ones as often as they occur. */
  readonly values: number;
  readonly height: number;
}

/** Something that is kept as it is. */
const leaf = (copy: unknown): Copied => ({ copy, values: 0, height: 0 });

type Path = readonly PropertyKey[];

/** Which places hold something else than data. */
export interface NoData {
  /** Keys of the top level under which everything is kept as it is. */
  readonly kept?: readonly string[];
  /** Keys of any level under which instances of classes are kept as they are, or everywhere. */
  readonly instances?: readonly string[] | 'everywhere';
}

/**
 * A copy of all plain objects and arrays in `value`; functions are kept as they are. What occurs twice in `value` is one
 * object in the copy, too. Instances of classes are refused: what they inherit and compute would be read again later.
 *
 * Getters and proxies run here and nowhere else.
 *
 * @param mostValues above which it is refused
 *
 * @throws CdkpipeError (`source: 'user'`) with every cycle, and every value that cannot be read or is no data
 */
export function copyPlainData(value: unknown, places: NoData = {}, mostValues: number = dataLimits.values): unknown {
  const copier = new Copier(places, mostValues);
  const { copy } = copier.copyValue(value, []);
  refuseIfAny(copier.problems);
  return copy;
}

class Copier {
  readonly problems: Problem[] = [];
  readonly #kept: ReadonlySet<PropertyKey>;
  readonly #instances: ReadonlySet<PropertyKey> | 'everywhere';
  readonly #done = new Map<object, Copied>();
  /** What is being copied now, with its place: to meet it again is to go round in a circle. */
  readonly #open = new Map<object, Path>();
  readonly #most: number;
  #left: number;

  constructor({ kept = [], instances = [] }: NoData, most: number) {
    this.#kept = new Set(kept);
    this.#instances = instances === 'everywhere' ? instances : new Set(instances);
    this.#most = most;
    this.#left = most;
  }

  copyValue(value: unknown, path: Path): Copied {
    this.#take(1);
    if (typeof value === 'bigint' || typeof value === 'symbol') {
      const found = `${words.shown(value)} is a ${typeof value}, which is not data`;
      this.problems.push(words.valueInvalid(formatPath(path), found));
      return leaf(undefined);
    }
    if (typeof value !== 'object' || value === null) return leaf(value);
    const earlier = this.#open.get(value);
    if (earlier) {
      this.problems.push(words.valueCyclic(formatPath(path), formatPath(earlier)));
      return leaf(undefined);
    }
    const known = this.#done.get(value);
    this.#take(known?.values ?? 0);
    if (path.length + (known?.height ?? 0) > dataLimits.depth)
      throw refused([words.definitionTooDeep(formatPath(path.slice(0, 4)), dataLimits.depth)]);
    if (known) return known;
    const plain = this.#attempt(path, () => isPlain(value));
    if (plain === undefined) return leaf(undefined);
    return plain ? this.#copyEntries(value, path) : this.#keepInstance(value, path);
  }

  #keepInstance(value: object, path: Path): Copied {
    const instances = this.#instances;
    if (instances === 'everywhere' || path.some((key) => instances.has(key))) return leaf(value);
    this.problems.push(words.valueNoData(formatPath(path), types.isDate(value)));
    return leaf(undefined);
  }

  #copyEntries(value: object, path: Path): Copied {
    this.#open.set(value, path);
    const before = this.#left;
    const copy: Record<PropertyKey, unknown> = Array.isArray(value) ? ([] as never) : {};
    let height = 0;
    this.#attempt(path, () => this.#refuseUnreadKeys(value, path));
    for (const key of this.#attempt(path, () => this.#keysOf(value)) ?? []) {
      const at = [...path, key];
      const fault = faultOfKey(key, at);
      if (fault) {
        this.problems.push(fault);
        continue;
      }
      const read = this.#attempt(at, () => (value as Record<PropertyKey, unknown>)[key]);
      const inner = path.length === 0 && this.#kept.has(key) ? this.#keep(read, at) : this.copyValue(read, at);
      height = Math.max(height, inner.height + 1);
      copy[key] = inner.copy;
    }
    this.#open.delete(value);
    const copied = { copy, values: before - this.#left, height };
    this.#done.set(value, copied);
    return copied;
  }

  /** Indexes as numbers. A list is as long as it says, also where nothing is in it. */
  #keysOf(value: object): PropertyKey[] {
    if (!Array.isArray(value)) return this.#ownKeys(value).filter((key) => isEnumerable(value, key));
    const { length } = value;
    this.#take(length);
    return Array.from({ length }, (_, index) => index);
  }

  /** The list is copied, what is in it is not. */
  #keep(value: unknown, path: Path): Copied {
    return leaf(
      this.#attempt(path, () =>
        Array.isArray(value) ? this.#keysOf(value).map((key) => value[key as number]) : value,
      ),
    );
  }

  /** A proxy may name millions, and asking about each takes longer than counting them. */
  #ownKeys(value: object): PropertyKey[] {
    const keys = Reflect.ownKeys(value);
    if (keys.length > dataLimits.values) throw refused([words.definitionTooLarge(dataLimits.values)]);
    return keys;
  }

  /** Nothing reads what a list holds beside its entries, or an object where loops do not see it. */
  #refuseUnreadKeys(value: object, path: Path): void {
    const isRead = (key: PropertyKey) => {
      if (Array.isArray(value)) return key === 'length' || /^\d+$/.test(String(key));
      return isEnumerable(value, key) || typeof key === 'symbol' || key === '__esModule';
    };
    const unread = this.#ownKeys(value).find((key) => !isRead(key));
    if (unread === undefined) return;
    const where = Array.isArray(value)
      ? `a list has the key ${words.shown(unread)} beside its entries`
      : `the key ${words.shown(unread)} is not enumerable`;
    this.problems.push(words.valueInvalid(formatPath(path), where, 'write it as an ordinary key, or remove it'));
  }

  #take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw refused([words.definitionTooLarge(this.#most)]);
  }

  #attempt<T>(path: Path, read: () => T): T | undefined {
    try {
      return read();
    } catch (thrown) {
      if (this.#left < 0 || isCdkpipeError(thrown)) throw thrown;
      this.problems.push(words.valueUnreadable(formatPath(path), describeThrown(thrown)));
      return undefined;
    }
  }
}

function isEnumerable(item: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(item, key);
}

/** A key that JavaScript gives a meaning of its own would be lost on the way, without a word. */
function faultOfKey(key: PropertyKey, path: Path): Problem | undefined {
  if (typeof key === 'symbol')
    return words.valueInvalid(formatPath(path), `the key ${String(key)} is a symbol, which is not data`);
  return key === '__proto__' ? words.keyReserved(formatPath(path), key) : undefined;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: object | null = Object.getPrototypeOf(value);
  // Objects of another realm, as `vm` makes them, are plain too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
