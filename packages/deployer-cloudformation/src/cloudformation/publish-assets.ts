/** Publishes the assets of an environment, as `cdk deploy` does; what is there already is left alone. */
import { join } from 'node:path';
import { AssetManifest, AssetPublishing, DefaultAwsClient, EventType } from '@aws-cdk/cdk-assets-lib';
import { refused } from '@cdkpipe/core';
import type { DeployTools, PublishTarget } from '../contract/deployer.ts';
import * as words from '../problems/problems.ts';
import { findOutage } from './find-outage.ts';
import { foreignPlatforms } from './foreign-platforms.ts';

/** What a person wants to see; commands stay out, as a command line may hold what is not to be kept. */
const told: ReadonlySet<EventType> = new Set([
  EventType.FOUND,
  EventType.BUILD,
  EventType.UPLOAD,
  EventType.FAIL,
  EventType.SHELL_STDOUT,
  EventType.SHELL_STDERR,
]);

export async function publishAssets(target: PublishTarget, { log, signal }: DeployTools): Promise<string> {
  let count = 0;
  for (const manifest of target.manifests) {
    const assets = AssetManifest.fromFile(join(target.assemblyDirectory, manifest));
    for (const line of foreignPlatforms(assets)) log(line);
    const publishing = new AssetPublishing(assets, {
      // One for each manifest: the client changes its own settings with the role that it assumes.
      aws: new DefaultAwsClient(),
      throwOnError: false,
      subprocessOutputDestination: 'publish',
      progressListener: {
        onPublishEvent: (type, progress) => {
          if (signal.aborted) progress.abort();
          if (told.has(type)) log(progress.message);
        },
      },
    });
    // The bucket must belong to the account: one that somebody else took over gets nothing.
    await publishing.publish({ allowCrossAccount: false });
    signal.throwIfAborted();
    const outage = publishing.failures
      .map(({ asset, error }) => findOutage(target.env, `the upload of ${asset.displayName(false)}`, error))
      .find((problem) => problem !== undefined);
    if (outage) throw refused([outage]);
    if (publishing.hasFailures)
      throw refused(
        publishing.failures.map(({ asset, error }) =>
          words.assetNotPublished(asset.displayName(false), target.env, error.message),
        ),
      );
    count += assets.entries.length;
  }
  return `${count} ${count === 1 ? 'asset' : 'assets'} published`;
}
