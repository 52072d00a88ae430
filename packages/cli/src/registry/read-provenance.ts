/** Checks the registry's signature of a package and the signed statement of the build that made it. */
import { createVerify } from 'node:crypto';
import fetch from 'npm-registry-fetch';
import type { Provenance } from './candidate.ts';
import type { NpmSettings } from './npm-settings.ts';
import { type Attestation, judgeStatement, provenanceType } from './provenance-statement.ts';

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-…` of the bytes that were downloaded. */
  readonly integrity: string;
  readonly announced: Readonly<Record<string, unknown>>;
}

interface Distribution {
  readonly signatures?: readonly { readonly keyid: string; readonly sig: string }[];
  readonly attestations?: { readonly url: string };
}

interface RegistryKey {
  readonly keyid: string;
  /** DER, base64. */
  readonly key: string;
  readonly expires: string | null;
}

const unverified = (detail: string): Provenance => ({ state: 'unverified', detail });
const failed = (detail: string): Provenance => ({ state: 'failed', detail });

/** Never throws: what cannot be reached cannot be verified, and that is said. */
export async function readProvenance(published: PublishedPackage, settings: NpmSettings): Promise<Provenance> {
  const { signatures = [], attestations } = (published.announced.dist ?? {}) as Distribution;
  const options = { ...settings, registry: fetch.pickRegistry(published.name, settings) };
  const signature = await checkSignatures(published, signatures, options);
  if (signature.state === 'failed' || attestations === undefined) return signature;
  return checkAttestations(published, attestations.url, options);
}

/** A valid signature says that the registry stands by these bytes, not who built them: that alone verifies nothing. */
async function checkSignatures(
  { name, version, integrity, announced }: PublishedPackage,
  signatures: NonNullable<Distribution['signatures']>,
  options: NpmSettings,
): Promise<Provenance> {
  if (signatures.length === 0) return unverified('the registry gives neither signature nor provenance');
  let keys: readonly RegistryKey[];
  try {
    ({ keys } = (await fetch.json('/-/npm/v1/keys', options)) as unknown as { keys: readonly RegistryKey[] });
  } catch {
    return unverified('the keys of the registry could not be read');
  }
  const published = Date.parse(typeof announced._time === 'string' ? announced._time : '') || 0;
  for (const { keyid, sig } of signatures) {
    const key = keys.find((candidate) => candidate.keyid === keyid);
    if (!key) return unverified('the registry has no key for its signature');
    if (key.expires !== null && published >= Date.parse(key.expires))
      return failed('the signature was made with a key that had expired');
    const pem = `-----BEGIN PUBLIC KEY-----\n${key.key}\n-----END PUBLIC KEY-----`;
    if (!createVerify('SHA256').update(`${name}@${version}:${integrity}`).verify(pem, sig, 'base64'))
      return failed("the registry's signature does not fit the tarball");
  }
  return unverified("the registry's signature fits, but the package was published without provenance");
}

async function checkAttestations(published: PublishedPackage, url: string, options: NpmSettings): Promise<Provenance> {
  let attestation: Attestation | undefined;
  try {
    // Only the path counts: the registry that was asked is the one that answers.
    const { attestations } = (await fetch.json(new URL(url).pathname, options)) as unknown as {
      attestations: readonly Attestation[];
    };
    attestation = attestations.find(({ predicateType }) => predicateType === provenanceType);
  } catch {
    return unverified('the statement of the build could not be read');
  }
  if (!attestation) return unverified('the package was published without provenance');
  const { getTrustedRoot, TUFError } = await import('@sigstore/tuf');
  const tuf = { ...(typeof options.tufCache === 'string' && { cachePath: options.tufCache }), forceCache: true };
  try {
    await getTrustedRoot({ ...tuf, retry: 0, timeout: 10_000 });
  } catch (error) {
    if (error instanceof TUFError) return unverified("sigstore's keys could not be read");
    throw error;
  }
  const { verify } = await import('sigstore');
  try {
    await verify(attestation.bundle, { tufForceCache: true, ...(tuf.cachePath && { tufCachePath: tuf.cachePath }) });
  } catch (error) {
    return failed(`the statement of the build is not authentic: ${error instanceof Error ? error.message : error}`);
  }
  return judgeStatement(attestation, published);
}
