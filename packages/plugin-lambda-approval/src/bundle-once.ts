/** Keeps the bundles of an app, as many steps may run one handler. */
import type { IConstruct } from 'constructs';

const bundles = new WeakMap<IConstruct, Map<string, Promise<Uint8Array>>>();

/** The bundle under `key`, made only once in the app that `scope` belongs to. */
export function bundleOnce(scope: IConstruct, key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const known = bundles.get(scope.node.root) ?? new Map<string, Promise<Uint8Array>>();
  bundles.set(scope.node.root, known);
  const bundle = known.get(key) ?? make();
  known.set(key, bundle);
  return bundle;
}
