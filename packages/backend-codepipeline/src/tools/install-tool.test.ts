import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installTool } from './install-tool.ts';
import { findTool, type InstalledTool } from './tool-versions.ts';

const made: string[] = [];
const directory = (files: Readonly<Record<string, string>> = {}) => {
  const path = mkdtempSync(join(tmpdir(), 'cdkpipe-tool-'));
  made.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
};
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** Installs with the real npm, then calls the tool as later commands of the build do. */
function install(tool: InstalledTool) {
  const { command, variables } = installTool('cdk-assets', tool, 'TOOL');
  const env = {
    ...process.env,
    TMPDIR: directory(),
    ...Object.fromEntries(variables.map(({ name, value }) => [name, value])),
  };
  const script = `${command} || exit 9; command -v cdk-assets; command -v docker-credential-cdk-assets; exec cdk-assets --version`;
  return spawnSync('sh', ['-c', script], { cwd: directory(), env, encoding: 'utf8' });
}

describe('a tool of the pipeline', () => {
  const tool = findTool('cdk-assets', directory());

  it('is installed by npm ci with its commands, from a lock file without a registry', () => {
    const { status, stdout, stderr } = install(tool);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/\/cdk-assets\n.*\/docker-credential-cdk-assets\n/);
    expect(stdout).toContain(tool.version);
  }, 120_000);

  it('whose content is not that of the lock file is not installed', () => {
    const { status, stderr } = install({ ...tool, integrity: `sha512-${'A'.repeat(86)}==` });
    expect(status).toBe(9);
    expect(stderr).toContain('EINTEGRITY');
  }, 120_000);

  it('that needs other packages is installed by its version', () => {
    const { command } = installTool('cdk-assets', { version: '3.0.0' }, 'TOOL');
    expect(command).toBe('npm install --global --ignore-scripts "cdk-assets@$TOOL_VERSION"');
  });
});

describe('the integrity of a tool of the project', () => {
  const integrity = `sha512-${'b'.repeat(86)}==`;
  const other = `sha512-${'c'.repeat(86)}==`;
  const manifest = { 'node_modules/aws-cdk/package.json': JSON.stringify({ name: 'aws-cdk', version: '2.1000.0' }) };
  const packages = {
    'node_modules/aws-cdk': { version: '2.1000.0', integrity },
    'node_modules/x/node_modules/aws-cdk': { version: '2.1001.0', integrity: other },
  };

  it.each<[string, string]>([
    ['package-lock.json', JSON.stringify({ lockfileVersion: 3, packages })],
    ['node_modules/.package-lock.json', JSON.stringify({ lockfileVersion: 3, packages })],
    [
      'pnpm-lock.yaml',
      `packages:\n\n  aws-cdk@2.1001.0:\n    resolution: {integrity: ${other}}\n\n  aws-cdk@2.1000.0:\n    resolution: {integrity: ${integrity}}\n    hasBin: true\n`,
    ],
    [
      'yarn.lock',
      `aws-cdk@2.1001.0:\n  version "2.1001.0"\n  resolved "https://x"\n  integrity ${other}\n\naws-cdk@^2.1000.0:\n  version "2.1000.0"\n  resolved "https://x"\n  integrity ${integrity}\n`,
    ],
    [
      'bun.lock',
      `{\n  "packages": {\n    "aws-cdk": ["aws-cdk@2.1000.0", "", { "bin": { "cdk": "bin/cdk" } }, "${integrity}"],\n  }\n}\n`,
    ],
  ])('is read from %s', (file, text) => {
    expect(findTool('aws-cdk', directory({ ...manifest, [file]: text }))).toMatchObject({
      version: '2.1000.0',
      integrity,
    });
  });

  it('is read from the lock file of a workspace above', () => {
    const root = directory({
      'package.json': '{}',
      'package-lock.json': JSON.stringify({ packages }),
      'packages/app/package.json': '{}',
      ...manifest,
    });
    expect(findTool('aws-cdk', join(root, 'packages/app'))).toMatchObject({ integrity });
  });

  it.each<[string, Record<string, string>]>([
    ['no lock file', {}],
    [
      'a lock file of another version',
      {
        'package-lock.json': JSON.stringify({ packages: { 'node_modules/aws-cdk': { version: '1.0.0', integrity } } }),
      },
    ],
    [
      'something else in its place',
      {
        'package-lock.json': JSON.stringify({
          packages: { 'node_modules/aws-cdk': { version: '2.1000.0', integrity: '$(id)' } },
        }),
      },
    ],
  ])('is unknown with %s', (_, files) => {
    expect(findTool('aws-cdk', directory({ ...manifest, ...files }))).toEqual({ version: '2.1000.0' });
  });

  it('is not given up for a damaged lock file', () => {
    expect(() => findTool('aws-cdk', directory({ ...manifest, 'package-lock.json': '{' }))).toThrow('is not JSON');
  });

  it('counts for nothing where the tool needs other packages', () => {
    const needing = JSON.stringify({ name: 'aws-cdk', version: '2.1000.0', dependencies: { glob: '^11.0.0' } });
    const files = { 'node_modules/aws-cdk/package.json': needing, 'package-lock.json': JSON.stringify({ packages }) };
    expect(findTool('aws-cdk', directory(files))).toEqual({ version: '2.1000.0' });
  });
});
