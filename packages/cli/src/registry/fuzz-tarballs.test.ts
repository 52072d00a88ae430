/** Random tarballs of packages: read, or refused in words; nothing of them leaves the directory they are unpacked in. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isCdkpipeError } from '@cdkpipe/core';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { commandsIn, dependenciesIn, installScriptsOf } from './package-facts.ts';
import { readCandidate } from './read-candidate.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 3);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-fuzz-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Entry {
  readonly path: string;
  /** Of the tar format: a file, a hard link, a symbolic link, a device, a directory, a FIFO, extended headers. */
  readonly type: string;
  readonly link: string;
  readonly content: string;
}

/** One entry as the tar format has it (https://www.gnu.org/software/tar/manual/html_node/Standard.html). */
function block({ path, type, link, content }: Entry): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0        ', 136);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const outside = 'cdkpipe-fuzz-outside';
const path = fc.oneof(
  fc.constantFrom(
    ...['package/package.json', 'package/index.js', `../${outside}`, `package/../../../${outside}`, 'package/link/x'],
    ...[
      `${directory}/${outside}`,
      'package/link',
      'package/node_modules/a/package.json',
      'package/binding.gyp',
      '',
      '/',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const json = fc.oneof(
  fc.json(),
  fc.constantFrom(
    'null',
    '[]',
    '"x"',
    '{',
    '{"name":1,"version":{}}',
    '{"name":"../x","version":"1","bin":{"../cdk":"x"}}',
  ),
  fc
    .record({ name: fc.anything(), bin: fc.anything(), scripts: fc.anything(), dependencies: fc.anything() })
    .map((value) => tryJson(value)),
);
const entry = fc.record({
  path,
  type: fc.constantFrom('0', '0', '0', '1', '2', '3', '5', '6', 'x', 'g', 'L', '\0'),
  link: fc.constantFrom('', `../${outside}`, '/etc/passwd', '..', directory),
  content: fc.oneof(json, fc.string({ unit: 'binary', maxLength: 600 })),
});
const tarball = fc.record({
  entries: fc.array(entry, { maxLength: 5 }),
  manifest: fc.option(json, { nil: undefined, freq: 3 }),
  damage: fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 4 }),
  isPacked: fc.boolean(),
});

test(
  'a tarball of any content',
  async () => {
    let read = 0;
    const property = fc.asyncProperty(tarball, async ({ entries, manifest, damage, isPacked }) => {
      const first = {
        path: 'package/package.json',
        type: '0',
        link: '',
        content: manifest ?? '{"name":"a","version":"1.0.0"}',
      };
      const bytes = Buffer.concat([...[first, ...entries].map(block), Buffer.alloc(1024)]);
      for (const [at, byte] of damage) if (at > 600 && at < bytes.length) bytes[at] = byte;
      const work = mkdtempSync(join(directory, 'case-'));
      mkdirSync(join(work, 'cache'));
      const file = join(work, 'a.tgz');
      writeFileSync(file, isPacked ? gzipSync(bytes) : bytes);
      try {
        const spec = { text: `file:${file}`, isFromRegistry: false, isFromGit: false };
        const { content } = await readCandidate(spec, {
          cache: join(work, 'cache'),
          registry: 'http://127.0.0.1:9/',
        } as never);
        for (const judge of [commandsIn, dependenciesIn, installScriptsOf])
          expect(judge(content)).toBeInstanceOf(Array);
        read += 1;
      } catch (error) {
        if (!isCdkpipeError(error) || error.source !== 'user') throw error;
      }
      rmSync(work, { recursive: true, force: true });
      expect(readdirSync(directory)).toEqual([]);
      expect(existsSync(join(tmpdir(), outside))).toBe(false);
    });
    await fc.assert(property, limits);
    expect(read).toBeGreaterThan(0);
  },
  seconds * 1000 + 60_000,
);

function tryJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '{}';
  }
}
