/** The artifact stores of a pipeline: one in every region where an action works. */
import type { Environment } from '@cdkpipe/core';
import type { CdkModules } from '../modules.ts';
import type { StackSet } from '../stacks/stack-set.ts';
import { type ArtifactStore, createStore } from './artifact-store.ts';

export interface ArtifactStores {
  /** The store of the pipeline's own region. */
  readonly home: ArtifactStore;
  /** The store of a region, made when it is first asked for. */
  in(region: string): ArtifactStore;
  all(): readonly ArtifactStore[];
}

/** Regions in which roles of other accounts read artifacts. */
export interface ForeignReading {
  /** To deploy templates, or as inputs: only a key of one's own can be shared. */
  readonly any: ReadonlySet<string>;
  /** As inputs: roles of a support stack then have to name the bucket. */
  readonly inputs: ReadonlySet<string>;
}

export interface StoresSpec {
  readonly home: Environment;
  readonly foreign: ForeignReading;
  readonly accessLogs: boolean;
}

export function createStores(
  cdk: CdkModules,
  stacks: StackSet,
  { home, foreign, accessLogs }: StoresSpec,
): ArtifactStores {
  const stores = new Map<string, ArtifactStore>();
  const storeIn = (region: string) => {
    const existing = stores.get(region);
    if (existing) return existing;
    const stack = stacks.in({ account: home.account, region });
    const made = createStore(cdk, {
      stack,
      home: region === home.region,
      withKey: foreign.any.has(region),
      withName: foreign.inputs.has(region),
      accessLogs,
    });
    stores.set(region, made);
    return made;
  };
  return { home: storeIn(home.region), in: storeIn, all: () => [...stores.values()] };
}
