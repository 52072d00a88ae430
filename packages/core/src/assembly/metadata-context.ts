/** The context keys by which the `cdk` CLI turns on the metadata in templates, so that both write the same bytes. */

/** What `cdk.json` and `~/.cdk.json` set beside `context`. */
type CliSettings = Readonly<Record<string, unknown>>;

/**
 * As `contextFromSettings` of aws-cdk 2.1148 (`@aws-cdk/toolkit-lib`, api/cloud-assembly/environment.ts): each setting is
 * on unless it is false. `staging: false` is left out: the assembly must hold the assets, as another machine publishes them.
 */
export function metadataContext(settings: CliSettings): Record<string, unknown> {
  const isOn = (name: string) => Boolean(settings[name] ?? true);
  return {
    ...(isOn('pathMetadata') ? { 'aws:cdk:enable-path-metadata': true } : {}),
    ...(isOn('assetMetadata') ? { 'aws:cdk:enable-asset-metadata': true } : {}),
    ...(isOn('versionReporting')
      ? { 'aws:cdk:version-reporting': true }
      : { 'aws:cdk:disable-version-reporting': true }),
  };
}
