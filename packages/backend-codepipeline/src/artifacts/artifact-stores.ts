/** The artifact stores of a pipeline: one in every region where an action works. */
import { type Environment, refused } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Existing } from '../options/existing.ts';
import { existingBucketWithoutKey } from '../problems/existing.ts';
import type { StackSet } from '../stacks/stack-set.ts';
import { type ArtifactStore, createStore } from './artifact-store.ts';
import { useStore } from './existing-store.ts';
import type { Organization } from './resource-policies.ts';

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
  readonly pipeline: string;
  readonly home: Environment;
  readonly foreign: ForeignReading;
  readonly accessLogs: boolean;
  readonly organization: Organization | undefined;
  /** Stores that the author brings, by region. */
  readonly existing: Existing['artifacts'];
}

/** @throws CdkpipeError (`source: 'user'`) when other accounts would read from an existing bucket that has no key */
export function createStores(
  cdk: CdkModules,
  stacks: StackSet,
  { pipeline, home, foreign, accessLogs, organization, existing = {} }: StoresSpec,
): ArtifactStores {
  const stores = new Map<string, ArtifactStore>();
  const makeStore = (region: string) => {
    const brought = existing[region];
    const withKey = foreign.any.has(region);
    if (!brought) {
      const stack = stacks.in({ account: home.account, region });
      const withName = foreign.inputs.has(region);
      return createStore(cdk, { stack, home: region === home.region, withKey, withName, accessLogs, organization });
    }
    if (withKey && brought.key === undefined) throw refused([existingBucketWithoutKey(region, brought.bucket)]);
    return useStore(cdk, { pipeline, region }, brought);
  };
  const storeIn = (region: string) => {
    const known = stores.get(region);
    if (known) return known;
    const made = makeStore(region);
    stores.set(region, made);
    return made;
  };
  return { home: storeIn(home.region), in: storeIn, all: () => [...stores.values()] };
}
