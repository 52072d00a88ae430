import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bundleCheck } from './bundle-check.ts';
import { failure, makeProject, runCheck, success } from './run-check.test.fixture.ts';

const path = 'waves[0].deployments[0].approvals[0].options.handler';

async function problemsOf(handler: string, files: Record<string, string>) {
  using project = makeProject(files);
  const error: unknown = await bundleCheck(handler, project.directory, path).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ source: 'user' });
  return (error as { problems: unknown }).problems;
}

describe('a bundle', () => {
  it('is the same bytes wherever the project lies, and tells nothing of the place', async () => {
    const files = {
      'checks/latency.ts':
        "import { limit } from './limit.ts'; import tool from 'tool'; export const handler = () => [limit, tool];",
      'checks/limit.ts': 'export const limit: number = 7;',
      'node_modules/tool/index.js': 'module.exports = 1;',
    };
    using one = makeProject(files);
    using other = makeProject(files);
    const [bundle, again] = await Promise.all(
      [one, other].map(({ directory }) => bundleCheck('./checks/latency.ts', directory, path)),
    );
    const text = Buffer.from(bundle ?? []).toString();
    expect(Buffer.from(again ?? []).toString()).toBe(text);
    for (const place of [one.directory, import.meta.dirname, process.cwd(), 'latency.ts'])
      expect(text).not.toContain(place);
  });

  it("is made although esbuild's process hears the Ctrl-C that asks a run to stop", async () => {
    using project = makeProject({ 'c.ts': 'export const handler = () => 1;' });
    const begin = () => bundleCheck('./c.ts', project.directory, path);
    const quiet = await begin();
    const disturbed = begin();
    // Its work reaches the process in this turn of the event loop, the signal before the answer.
    execFileSync('pkill', ['-INT', '-P', String(process.pid), 'esbuild']);
    expect(Buffer.from(await disturbed).equals(Buffer.from(quiet))).toBe(true);
  });

  it('runs CommonJS dependencies, top-level await, and files that bring their own require', async () => {
    const source = `
      import { createRequire } from 'node:module';
      import { dirname } from 'node:path';
      import { fileURLToPath } from 'node:url';
      import old from './old.cjs';
      const require = createRequire(import.meta.url);
      const __dirname = dirname(fileURLToPath(import.meta.url));
      const late = await Promise.resolve('late');
      export const handler = () => [old(), late, typeof require('node:fs').existsSync, __dirname === process.cwd()];`;
    const old =
      "const { basename } = require('node:path'); module.exports = () => basename(__filename) + typeof __dirname;";
    const { reports } = await runCheck(source, { files: { 'old.cjs': old } });
    expect(reports).toEqual([success('["index.mjsstring","late","function",true]')('job-1')]);
  });

  it('runs the export that the handler names', async () => {
    using project = makeProject({ 'c.ts': 'export const other = 1;' });
    const named = await bundleCheck('c.ts#other', project.directory, path);
    expect(named.byteLength).toBeGreaterThan(0);
  });

  it('runs an export of an installed package', async () => {
    using project = makeProject({
      'node_modules/@acme/checks/package.json': '{"type":"module","exports":{"./latency":"./built.js"}}',
      'node_modules/@acme/checks/built.js': 'export const isFast = 1;',
    });
    const bundle = await bundleCheck('package:@acme/checks/latency#isFast', project.directory, path);
    expect(bundle.byteLength).toBeGreaterThan(0);
  });

  it('takes a CommonJS file, whose exports show only when it runs', async () => {
    const source = "import * as all from './old.cjs'; export const handler = all.missing;";
    const { reports } = await runCheck(source, { files: { 'old.cjs': 'exports.handler = () => 1;' } });
    expect(reports).toEqual([failure('the handler is not a function')('job-1')]);
  });
});

describe('a handler that cannot be bundled', () => {
  it('because the file is missing is refused', async () => {
    expect(await problemsOf('./checks/latency.ts', {})).toMatchObject([{ code: 'HANDLER_MISSING', path }]);
  });

  it('because no such package is installed is refused', async () => {
    expect(await problemsOf('package:@acme/checks/latency', {})).toMatchObject([
      { code: 'HANDLER_MISSING', message: expect.stringContaining('"@acme/checks/latency"'), path },
    ]);
  });

  it('because the export is missing is refused', async () => {
    expect(await problemsOf('./c.ts', { 'c.ts': 'export const handle = 1;' })).toMatchObject([
      { code: 'HANDLER_EXPORT_MISSING', message: './c.ts exports no "handler"', path },
    ]);
    expect(await problemsOf('./c.js', { 'c.js': '', 'package.json': '{ "type": "module" }' })).toMatchObject([
      { code: 'HANDLER_EXPORT_MISSING', path },
    ]);
  });

  it('because of its syntax is refused with the place', async () => {
    expect(await problemsOf('./checks/c.ts', { 'checks/c.ts': 'const a = 1;\nexport const = 2;' })).toMatchObject([
      { code: 'HANDLER_NOT_BUNDLED', location: 'checks/c.ts:2:14', path },
    ]);
  });

  it('because of its imports is refused with every place', async () => {
    const source = "import a from './a.ts';\nimport b from 'not-installed';\nexport const handler = [a, b];";
    expect(await problemsOf('./c.ts', { 'c.ts': source })).toMatchObject([
      { code: 'HANDLER_NOT_BUNDLED', location: 'c.ts:1:15', message: expect.stringContaining('"./a.ts"') },
      { code: 'HANDLER_NOT_BUNDLED', location: 'c.ts:2:15', message: expect.stringContaining('"not-installed"') },
    ]);
  });
});
