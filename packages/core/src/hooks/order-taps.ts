/** Puts the taps of one hook in order, by name. */
import type { HookHandler, HookName, HookTap } from '../contracts/hooks.ts';
import type { Plugin } from '../contracts/plugin.ts';
import { hookOrderCycle, hookOrderUnknown } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import { suggest } from '../errors/near-misses.ts';
import { findCycle } from '../plan/cycles.ts';
import { rankNodes } from '../plan/ranks.ts';

/** A tap with the plugin that made it. */
export interface OwnedTap<Name extends HookName> {
  readonly plugin: Plugin;
  readonly handler: HookHandler<Name>;
}

/**
 * `pre` taps, then those that do not say, then `post`; a tap with `after` stands behind those it names. Ties keep
 * the order of `plugins` in the definition.
 *
 * @throws CdkpipeError (`source: 'plugin'`) for an `after` that names no tap of this hook, and for a cycle
 */
export function orderTaps<Name extends HookName>(hook: Name, plugins: readonly Plugin[]): OwnedTap<Name>[] {
  const taps = plugins.flatMap((plugin) => {
    const tap = plugin.hooks?.[hook] as HookHandler<Name> | HookTap<Name> | undefined;
    if (!tap) return [];
    return [{ plugin, tap: typeof tap === 'function' ? { handler: tap } : tap }];
  });
  const names = taps.map(({ plugin }) => plugin.name);
  const unknown = taps.flatMap(({ plugin, tap }) =>
    (tap.after ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => hookOrderUnknown(plugin, hook, name, suggest(name, names))),
  );
  if (unknown.length > 0) throw pluginFailed(unknown);
  const cycle = findCycle(new Map(taps.map(({ plugin, tap }) => [plugin.name, tap.after ?? []])));
  if (cycle) throw pluginFailed([hookOrderCycle(hook, cycle)]);

  const places = { pre: 0, between: 1, post: 2 };
  const byPlace = taps
    .map((owned) => ({ ...owned, place: places[owned.tap.order ?? 'between'] }))
    .sort((a, b) => a.place - b.place);
  // Each tap comes after those it names, and after every tap of an earlier place unless that one waits for it.
  const waitsFor = new Map(byPlace.map(({ plugin, tap }) => [plugin.name, tap.after ?? []]));
  const isBehind = (name: string, other: string): boolean =>
    (waitsFor.get(name) ?? []).some((next) => next === other || isBehind(next, other));
  const nodes = byPlace.map(({ plugin, tap, place }) => ({
    id: plugin.name,
    plugin,
    handler: tap.handler,
    after: [
      ...(tap.after ?? []),
      ...byPlace
        .filter((other) => other.place < place && !isBehind(other.plugin.name, plugin.name))
        .map((other) => other.plugin.name),
    ],
  }));
  return rankNodes(nodes)
    .flat()
    .map(({ plugin, handler }) => ({ plugin, handler }));
}
