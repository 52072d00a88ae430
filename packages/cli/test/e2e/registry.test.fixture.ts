/** A real npm registry on the loopback interface, and packages to publish there. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { writeFiles } from './write-files.test.fixture.ts';

export interface Registry {
  readonly url: string;
  /** Publishes a package made of these files; `package.json` is one of them. */
  publish(files: Files, change?: (packument: Packument) => void): Promise<void>;
  publishTarball(manifest: Manifest, tarball: Buffer, change?: (packument: Packument) => void): Promise<void>;
  /** From now on, tarballs whose path contains `text` are served with other bytes. */
  tamper(text: string): void;
  close(): Promise<void>;
}

export type Files = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** What is sent to publish; a test may change what the registry will say of the tarball. */
export interface Packument {
  readonly versions: Record<string, Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export async function startRegistry(): Promise<Registry> {
  const storage = mkdtempSync(join(tmpdir(), 'cdkpipe-registry-'));
  const { runServer } = createRequire(import.meta.url)('verdaccio') as {
    runServer(config: object): Promise<{ listeners(event: 'request'): RequestListener[] }>;
  };
  const anyone = { access: '$all', publish: '$all', unpublish: '$all' };
  const verdaccio = await runServer({
    storage,
    configPath: join(storage, 'config.yaml'),
    self_path: storage,
    auth: { htpasswd: { file: join(storage, 'htpasswd') } },
    uplinks: {},
    packages: { '@*/*': anyone, '**': anyone },
    log: { type: 'stdout', format: 'json', level: 'fatal' },
    web: { enable: false },
    max_body_size: '200mb',
  });
  const [handle] = verdaccio.listeners('request');
  const tampered: string[] = [];
  const server = createServer((request, response) => {
    const isTampered = tampered.some((text) => request.url?.includes(text) && request.url.endsWith('.tgz'));
    if (isTampered) response.end(packed({ 'package.json': '{"name":"x","version":"6.6.6"}' }));
    else handle?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const publishTarball: Registry['publishTarball'] = async (manifest, tarball, change) => {
    const packument = packumentOf(manifest, tarball, url);
    change?.(packument);
    const response = await fetch(`${url}/${manifest.name.replace('/', '%2f')}`, {
      method: 'PUT',
      // The registry closes connections that were idle while something was packed.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(packument),
    });
    if (!response.ok)
      throw new Error(`${manifest.name} was not published: ${response.status} ${await response.text()}`);
  };
  return {
    url,
    publishTarball,
    publish: (files, change) => publishTarball(JSON.parse(files['package.json'] ?? '{}'), packed(files), change),
    tamper: (text) => tampered.push(text),
    close: () => close(server, storage),
  };
}

/** The bytes of a tarball as npm packs it. */
export function packed(files: Files): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-pack-'));
  try {
    writeFiles(join(directory, 'package'), files);
    return create({ gzip: true, cwd: directory, sync: true, portable: true }, ['package']).read() as Buffer;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function packumentOf(manifest: Manifest, tarball: Buffer, url: string): Packument {
  const { name, version } = manifest;
  const file = `${name}-${version}.tgz`;
  return {
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: {
        ...manifest,
        _id: `${name}@${version}`,
        dist: {
          integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
          shasum: createHash('sha1').update(tarball).digest('hex'),
          tarball: `${url}/${name}/-/${file}`,
        },
      },
    },
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: tarball.toString('base64'), length: tarball.length },
    },
  };
}

async function close(server: Server, storage: string): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(storage, { recursive: true, force: true });
}
