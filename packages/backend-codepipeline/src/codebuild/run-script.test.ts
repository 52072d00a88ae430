import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';
import { runScript } from './run-script.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cdkpipe-script-'));
  mkdirSync(join(workspace, 'ci'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));
afterEach(removeRendered);

function run(script: string) {
  const { commands, variables } = runScript(script);
  const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  return spawnSync('sh', ['-ec', commands.join('\n')], {
    cwd: workspace,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
}

describe('a build script', () => {
  it('runs as its first line says, also where an archive took the right to execute', () => {
    writeFileSync(join(workspace, 'ci/build.sh'), '#!/usr/bin/env node\nconsole.log(process.argv.length)\n', {
      mode: 0o644,
    });
    expect(run('ci/build.sh')).toMatchObject({ status: 0, stdout: '2\n', stderr: '' });
  });

  it('fails the build where it fails', () => {
    writeFileSync(join(workspace, 'build'), '#!/bin/sh\nexit 7\n');
    expect(run('build').status).toBe(7);
  });

  it('fails the build where the source does not have it, with a sentence that says so', () => {
    expect(run('ci/other.sh')).toMatchObject({
      status: 1,
      stderr: 'cdkpipe: the source has no file ci/other.sh, which the definition names as build.script\n',
    });
  });

  it('is no part of the pipeline: what it does may change without the pipeline', async () => {
    const result = await renderPlan(planOf({ build: { script: 'ci/build.sh', commands: ['echo done'] } }));
    const { Source, Environment } = result.resource('AWS::CodeBuild::Project', 'build');
    expect(JSON.parse(Source.BuildSpec).phases.build.commands).toEqual([
      ...runScript('ci/build.sh').commands,
      'echo done',
    ]);
    expect(Source.BuildSpec).not.toContain('ci/build.sh');
    expect(Environment.EnvironmentVariables).toEqual([
      { Name: 'CDKPIPE_SCRIPT', Type: 'PLAINTEXT', Value: 'ci/build.sh' },
    ]);
  });
});
