/** Opens the CDK app that holds the stages of all deployments. */
import type * as cdkLib from 'aws-cdk-lib';
import type * as constructs from 'constructs';
import type { CdkLibrary } from '../contracts/backend.ts';
import { reportContext } from './policy-report.ts';

export interface AppInput {
  readonly cdk: CdkLibrary;
  /** The context of the project, see `readContext`. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written. */
  readonly outdir: string;
}

export function openApp({ cdk, context, outdir }: AppInput): cdkLib.App {
  const library = cdk.require('aws-cdk-lib') as typeof cdkLib;
  return new library.App({
    outdir,
    context,
    // Creation stack traces end up in the manifest only, and collecting them slows every construct down.
    postCliContext: { 'aws:cdk:disable-creation-stack-traces': true, ...reportContext },
    autoSynth: false,
    // Releases without `Validations` find the constructs of their report in it; nothing else reads it.
    treeMetadata: !('Validations' in library),
    // The same validator runs in a worker at the same time; in this process everything would wait for it.
    builtinCloudFormationValidation: false,
  });
}

/** The construct at `path` below the app; constructs that are missing are made. */
export function scopeAt(app: cdkLib.App, path: string | undefined, cdk: CdkLibrary): constructs.Construct {
  const { Construct } = cdk.require('constructs') as typeof constructs;
  const ids = path?.split('/') ?? [];
  return ids.reduce<constructs.Construct>(
    (scope, id) => (scope.node.tryFindChild(id) as constructs.Construct | undefined) ?? new Construct(scope, id),
    app,
  );
}
