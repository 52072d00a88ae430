import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { judgeStatement, provenanceType } from './provenance-statement.ts';
import { readProvenance } from './read-provenance.ts';

const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
const subject = { name: '@acme/pager', version: '1.0.0', integrity };
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const signed = (key: KeyObject, text = `@acme/pager@1.0.0:${integrity}`) =>
  createSign('SHA256').update(text).sign(key, 'base64');

/** A registry that answers with these documents, by path. */
async function serve(documents: Readonly<Record<string, unknown>>) {
  const server = createServer((request, response) => {
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retry: { retries: 0 } };
}

const key = (expires: string | null = null) => ({
  '/-/npm/v1/keys': {
    keys: [{ keyid: 'k', expires, key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }],
  },
});

async function provenanceOf(dist: object, documents: Readonly<Record<string, unknown>> = key()) {
  const announced = { dist, _time: '2026-01-01T00:00:00.000Z' };
  return readProvenance({ ...subject, announced }, await serve(documents));
}

test.each([
  ['nothing', {}, key(), 'neither signature nor provenance'],
  [
    'a signature, and no keys',
    { signatures: [{ keyid: 'k', sig: 'x' }] },
    {},
    'keys of the registry could not be read',
  ],
  ['a signature by another key', { signatures: [{ keyid: 'other', sig: 'x' }] }, key(), 'no key for its signature'],
  ['a signature that fits', { signatures: [{ keyid: 'k', sig: signed(privateKey) }] }, key(), 'signature fits, but'],
  [
    'a statement that is not there',
    { attestations: { url: 'https://x/-/a' } },
    key(),
    'statement of the build could not be read',
  ],
  [
    'other statements',
    { attestations: { url: 'https://x/-/a' } },
    { '/-/a': { attestations: [] } },
    'without provenance',
  ],
])('with %s the provenance could not be verified', async (_, dist, documents, detail) => {
  expect(await provenanceOf(dist, documents)).toEqual({ state: 'unverified', detail: expect.stringContaining(detail) });
});

test.each([
  ['by somebody else', signed(stranger), key(), 'does not fit the tarball'],
  ['of other bytes', signed(privateKey, '@acme/pager@1.0.0:sha512-other'), key(), 'does not fit the tarball'],
  ['by a key that had expired', signed(privateKey), key('2025-01-01T00:00:00.000Z'), 'had expired'],
])('a signature %s fails', async (_, sig, documents, detail) => {
  const provenance = await provenanceOf({ signatures: [{ keyid: 'k', sig }] }, documents);
  expect(provenance).toEqual({ state: 'failed', detail: expect.stringContaining(detail) });
});

const statement = (change: object = {}) => ({
  predicateType: provenanceType,
  bundle: {
    dsseEnvelope: {
      payload: Buffer.from(
        JSON.stringify({
          subject: [{ name: 'pkg:npm/%40acme/pager@1.0.0', digest: { sha512: '07'.repeat(64) } }],
          predicate: {
            buildDefinition: {
              externalParameters: {
                workflow: {
                  repository: 'https://github.com/acme/pager',
                  path: '.github/workflows/publish.yml',
                  ref: 'refs/tags/v1',
                },
              },
            },
          },
          ...change,
        }),
      ).toString('base64'),
    },
  },
});

// biome-ignore lint/suspicious/noExplicitAny: only the part of a bundle that is read
const judged = (attestation: any) => judgeStatement(attestation, subject);

test('a statement for these bytes names the repository and the workflow', () => {
  expect(judged(statement())).toEqual({
    state: 'verified',
    detail: 'built from https://github.com/acme/pager .github/workflows/publish.yml refs/tags/v1',
  });
});

test.each([
  ['other bytes', { subject: [{ name: 'pkg:npm/%40acme/pager@1.0.0', digest: { sha512: '08'.repeat(64) } }] }],
  ['another version', { subject: [{ name: 'pkg:npm/%40acme/pager@1.0.1', digest: { sha512: '07'.repeat(64) } }] }],
  ['nothing', { subject: [] }],
])('a statement for %s fails', (_, change) => {
  expect(judged(statement(change))).toMatchObject({ state: 'failed' });
});
