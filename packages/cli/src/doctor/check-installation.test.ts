import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkCdk, checkCli, checkNode } from './check-installation.ts';

function projectWith(manifest: object): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-doctor-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'node_modules/aws-cdk'), { recursive: true });
  writeFileSync(join(directory, 'node_modules/aws-cdk/package.json'), JSON.stringify(manifest));
  return directory;
}

const built = (schema: string) => ({ devDependencies: { '@aws-cdk/cloud-assembly-schema': schema } });

test.each([
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
  ['20.18.3', 'failure'],
])('Node.js %s is %s', (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

test.each([
  ['which reads what is synthesised', { version: '2.1148.1', ...built('>=55.5.0') }, 'ok'],
  ['which is older than aws-cdk-lib', { version: '2.163.0', ...built('^38.0.0') }, 'failure'],
  ['which is the other program of that name', { version: '3.0.0' }, 'failure'],
  ['which does not say what it reads', { version: '2.1148.1' }, 'ok'],
])('a cdk command %s', (_, manifest, status) => {
  const finding = checkCli(projectWith(manifest), '55.0.0');
  expect(finding.status).toBe(status);
  expect(finding.fix).toBe(status === 'ok' ? undefined : 'npm install --save-dev aws-cdk@2');
});

test('a library that is missing or unsupported fails with the command that installs it', () => {
  const problems = [{ code: 'CDK_UNSUPPORTED', message: 'aws-cdk-lib 2.100.0 is too old' }];
  expect(checkCdk({ supportedCdk: '^2.163.0', problems })).toEqual([
    expect.objectContaining({ status: 'failure', fix: 'npm install aws-cdk-lib@^2.163.0 constructs@^10.0.0' }),
  ]);
});
