/** Reads a signed statement of a build: for which bytes it was made, and from which source. */
import type { Bundle } from 'sigstore';
import type { Provenance } from './candidate.ts';

export const provenanceType = 'https://slsa.dev/provenance/v1';

export interface Attestation {
  readonly predicateType: string;
  readonly bundle: Bundle;
}

interface Statement {
  readonly subject?: readonly { readonly name?: string; readonly digest?: { readonly sha512?: string } }[];
  readonly predicate?: {
    readonly buildDefinition?: {
      readonly externalParameters?: {
        readonly workflow?: { readonly repository?: string; readonly path?: string; readonly ref?: string };
      };
    };
  };
}

/** @param attestation whose signature was verified */
export function judgeStatement(
  { bundle }: Attestation,
  { name, version, integrity }: { readonly name: string; readonly version: string; readonly integrity: string },
): Provenance {
  const payload = 'dsseEnvelope' in bundle ? bundle.dsseEnvelope?.payload : undefined;
  if (payload === undefined) return { state: 'failed', detail: 'the statement of the build is empty' };
  const { subject = [], predicate } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Statement;
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const digest = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
  if (!subject.some((one) => one.name === purl && one.digest?.sha512 === digest))
    return { state: 'failed', detail: 'the statement of the build was made for another package' };
  const { repository, path, ref } = predicate?.buildDefinition?.externalParameters?.workflow ?? {};
  return {
    state: 'verified',
    detail: `built from ${[repository ?? 'an unnamed repository', path, ref].filter(Boolean).join(' ')}`,
  };
}
