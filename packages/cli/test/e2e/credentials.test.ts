/** The password of a registry in `.npmrc` is never printed, whatever the registry answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const password = 'hunter2pass';
const token = 'hunter2token';

/** Address of a registry that answers everything with this status; of nobody where there is none. */
async function registry(status: number | undefined): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status ?? 500, { 'content-type': 'application/json' });
    response.end('{"error":"no"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  if (status === undefined) server.close();
  else onTestFinished(() => void server.close());
  return `127.0.0.1:${port}`;
}

test.each([
  ['answers 401', 401],
  ['answers 403', 403],
  ['answers 500', 500],
  ['cannot be reached', undefined],
])('a registry that %s', async (_, status) => {
  const host = await registry(status);
  const cwd = makeDirectory({
    'package.json': '{"name":"app","version":"1.0.0"}',
    'cdkpipe.config.ts': definition(),
    '.npmrc': `registry=http://me:${password}@${host}/\n//${host}/:_authToken=${token}\nfetch-retries=0\n`,
  });
  for (const flag of ['--debug', '--json']) {
    const { exitCode, stdout, stderr } = await runCdkpipe(['plugins:install', 'cdkpipe-plugin-x', '--yes', flag], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(host);
    expect(stdout + stderr).toMatch(/REGISTRY_REFUSED|REGISTRY_UNREACHABLE/);
    expect(stdout + stderr).not.toMatch(/hunter2/);
  }
});

test('a source with a password in its address', async () => {
  const host = await registry(500);
  const cwd = makeDirectory({ 'package.json': '{"name":"app","version":"1.0.0"}', 'cdkpipe.config.ts': definition() });
  for (const more of [[], ['--allow']]) {
    const source = `http://me:${password}@${host}/plugin.tgz?token=${token}`;
    const outcome = await runCdkpipe(['plugins:install', source, '--yes', '--debug', ...more], { cwd });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stdout + outcome.stderr).toContain(host);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/hunter2/);
  }
});
