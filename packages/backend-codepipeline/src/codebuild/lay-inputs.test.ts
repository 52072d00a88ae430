import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layInputs } from './lay-inputs.ts';

let workspace: string;
let artifact: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cdkpipe-lay-'));
  artifact = join(workspace, '..', `${workspace.split('/').at(-1)}-artifact`);
  mkdirSync(artifact);
  writeFileSync(join(artifact, '.hidden'), 'kept');
});
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(artifact, { recursive: true, force: true });
});

function lay(directory: string) {
  const { commands, variables } = layInputs([{ directory, artifact: 'Lib' }]);
  const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  return spawnSync('sh', ['-ec', commands.join('\n')], {
    cwd: workspace,
    env: { PATH: process.env.PATH, CODEBUILD_SRC_DIR_Lib: artifact, ...env },
    encoding: 'utf8',
  });
}

describe('laying an input', () => {
  it.each(['vendor/lib', 'a b/c', '$(touch pwned)', '`touch pwned`', '-rf', '"; touch pwned; "', "it's", '*'])(
    'copies everything to the directory %j and runs nothing of its name',
    (directory) => {
      expect(lay(directory)).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(join(workspace, directory, '.hidden'), 'utf8')).toBe('kept');
      expect(existsSync(join(workspace, 'pwned'))).toBe(false);
    },
  );

  it('takes an empty directory that is there already', () => {
    mkdirSync(join(workspace, 'vendor'));
    expect(lay('vendor').status).toBe(0);
  });

  it('fails where the source has files of its own', () => {
    mkdirSync(join(workspace, 'vendor'));
    writeFileSync(join(workspace, 'vendor', 'file'), '');
    expect(lay('vendor')).toMatchObject({
      status: 1,
      stderr: 'cdkpipe: vendor of the source already holds files; nothing can be laid there\n',
    });
  });

  it('lays outer directories before inner ones', () => {
    const { variables } = layInputs([
      { directory: 'a/b', artifact: 'Inner' },
      { directory: 'a', artifact: 'Outer' },
    ]);
    expect(variables.map(({ value }) => value)).toEqual(['a', 'a/b']);
  });

  it('is made of commands that any POSIX shell reads', () => {
    const { commands } = layInputs([{ directory: 'a', artifact: 'Lib' }]);
    expect(() => execFileSync('sh', ['-n', '-c', commands.join('\n')])).not.toThrow();
  });
});
