/** Serves the CDK's modules to the definition and the files it imports, each loaded when it is first imported. */
import { findCdkLibrary, type InstalledCdk, isCdkModule } from '../cdk/cdk-library.ts';

/**
 * A record for jiti's `virtualModules` that holds `constructs`, `aws-cdk-lib` and each exported sub-path of it.
 * What it does not hold is left to the ordinary resolution, whose error names the importing file.
 */
export function serveCdk(directory: string): Record<string, unknown> {
  let found: ReturnType<typeof findCdkLibrary> | undefined;
  const findModule = (id: string | symbol): InstalledCdk | undefined => {
    if (typeof id !== 'string' || !isCdkModule(id)) return undefined;
    found ??= findCdkLibrary(directory);
    return 'root' in found && found.resolve(id) !== undefined ? found : undefined;
  };
  return new Proxy<Record<string, unknown>>(
    {},
    {
      has: (_, id) => findModule(id) !== undefined,
      get: (_, id) => findModule(id)?.require(String(id)),
    },
  );
}
