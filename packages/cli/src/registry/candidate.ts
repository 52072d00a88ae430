/** A package that may be installed: what its registry and its tarball say, before any of its code is on this machine. */

/** The parts of a package.json that decide whether it may come in; a stranger wrote it, so nothing is certain. */
export interface PackageContent {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

export interface Candidate {
  readonly name: string;
  /** The exact version. */
  readonly version: string;
  /** What the registry says; the tarball's own where it comes from elsewhere. */
  readonly announced: PackageContent;
  /** What its package.json says, in the bytes that will be installed. */
  readonly content: PackageContent;
  /** Names of packages that the tarball holds, wherever: by the package.json files in it. */
  readonly bundled: readonly string[];
  /** Whether it has a `binding.gyp`, which npm builds without being told to. */
  readonly hasGypFile: boolean;
  /** Names of scripts, or `workspaces`, for which package managers run code to make a package of a git repository. */
  readonly preparation: readonly string[];
  /** IDs of the commands that it adds to `cdkpipe`, by its files; what names them in code is not seen. */
  readonly commands: readonly string[];
  /** Of all its files, in bytes. */
  readonly size: number;
  /** `sha512-…` of the tarball, which was downloaded and compared. */
  readonly integrity: string;
  /** Where it comes from, when not from a registry. */
  readonly source?: string;
  /** Who published this version; absent where the registry does not say. */
  readonly publisher?: string;
  readonly publishedAt?: string;
  /** Why it should no longer be used. */
  readonly deprecated?: string;
  readonly provenance: Provenance;
}

/**
 * Whether it is known who built the package.
 *
 * `verified`: a signed statement of a build says so, and fits these bytes. `unverified`: nothing could be checked, and
 * nothing speaks against it. `failed`: a signature or statement is there and is wrong.
 */
export interface Provenance {
  readonly state: 'verified' | 'unverified' | 'failed';
  /** What was checked, or why it could not be. */
  readonly detail: string;
}
