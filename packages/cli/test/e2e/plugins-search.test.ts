/** `plugins:search` asks the registry of the project, which here is one on the loopback interface. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const sequence = '\u001b]0;owned\u0007\u001b[31m';
const described = (name: string, more: object = {}) => ({
  name,
  version: '1.2.0',
  description: `Pages somebody ${sequence}\nand waits for an answer that comes from a person who was paged, however long that may take.`,
  keywords: ['cdkpipe-plugin'],
  cdkpipePlugin: { api: 1, kinds: ['pager'], hooks: ['plan'] },
  ...more,
});
const packages = [
  described('@acme/cdkpipe-plugin-pager'),
  described('cdkpipe-plugin-future', {
    cdkpipePlugin: { api: 2, kinds: ['pager'] },
    deprecated: `use another ${sequence}`,
  }),
  described('pager-of-others', { cdkpipePlugin: undefined }),
  described('cdkpipe-plugin-freeze', { cdkpipePlugin: { api: 1, hooks: ['emit'] }, description: 'Freezes.' }),
];

let server: Server;
let registry: string;
const asked: URLSearchParams[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', registry);
    const found = packages.find(({ name }) => decodeURIComponent(pathname) === `/${name}`);
    if (pathname === '/-/v1/search') asked.push(searchParams);
    const objects = packages.map(({ cdkpipePlugin, ...content }, at) => ({
      package: { ...content, date: '2026-05-04T00:00:00.000Z', publisher: { username: 'ada' } },
      ...(at === 0 && { downloads: { weekly: 12345, monthly: 50000 } }),
    }));
    const body = found
      ? {
          name: found.name,
          'dist-tags': { latest: '1.2.0' },
          versions: { '1.2.0': { ...found, dist: { tarball: 'http://127.0.0.1/x.tgz' } } },
        }
      : pathname === '/-/v1/search'
        ? { objects, total: objects.length }
        : undefined;
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const search = (...args: string[]) =>
  runCdkpipe(['plugins:search', ...args], {
    cwd: makeDirectory({ 'package.json': '{}', '.npmrc': `registry=${registry}\n` }),
  });

test('plugins are found by keyword and words, with what they bring, their protocol, downloads and last release', async () => {
  const { exitCode, stdout } = await search('pager', '--limit', '7', '--json');
  expect(exitCode, stdout).toBe(0);
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({ text: 'keywords:cdkpipe-plugin pager', size: '7' });
  expect(JSON.parse(stdout)).toMatchObject({
    registry: new URL(registry).host,
    plugins: [
      {
        name: '@acme/cdkpipe-plugin-pager',
        version: '1.2.0',
        manifest: { api: 1, kinds: ['pager'], hooks: ['plan'] },
        weeklyDownloads: 12345,
        releasedAt: '2026-05-04T00:00:00.000Z',
        publisher: 'ada',
      },
      { name: 'cdkpipe-plugin-future', manifest: { api: 2 }, deprecated: expect.stringContaining('use another') },
    ],
  });
  expect(JSON.parse(stdout).plugins).toHaveLength(2);
});

test('the list is no wider than 80 columns, and what strangers wrote is visible', async () => {
  const { exitCode, stdout } = await search();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('@acme/cdkpipe-plugin-pager 1.2.0');
  expect(stdout).toContain('api 1, released 2026-05-04, 12,345 downloads a week, by ada');
  expect(stdout).toContain('api 2 (this cdkpipe speaks 1)');
  expect(stdout).toContain('\\u{1b}');
  expect(stdout).not.toContain('\u001b');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toContain('hooks: emit');
});

test('nothing that fits, and a registry that cannot be searched, are told', async () => {
  const none = await search('unheard-of');
  expect([none.exitCode, none.stdout]).toEqual([0, expect.stringContaining('no plugin for that')]);
  const cwd = makeDirectory({ 'package.json': '{}', '.npmrc': `registry=${registry}/nowhere/\n` });
  const failed = await runCdkpipe(['plugins:search', 'pager', '--json'], { cwd });
  expect([failed.exitCode, JSON.parse(failed.stdout).errors[0].code]).toEqual([2, 'REGISTRY_WITHOUT_SEARCH']);
});
