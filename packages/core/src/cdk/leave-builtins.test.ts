/** The real CDK, in a process of its own: whether it replaces functions of Node.js when its performance counters are loaded. */
import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { leaveBuiltins } from './leave-builtins.ts';

const script = `
const fs = require('fs');
const { readFileSync } = fs;
const { App, Stack } = require('aws-cdk-lib');
new Stack(new App(), 'Any');
console.log(fs.readFileSync === readFileSync);`;

const given = process.env.CDK_NO_PERF_BUILTINS;
afterEach(() => {
  if (given === undefined) delete process.env.CDK_NO_PERF_BUILTINS;
  else process.env.CDK_NO_PERF_BUILTINS = given;
});

function keepsBuiltins(): string {
  const { NODE_ENV, ...env } = process.env;
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env, cwd: import.meta.dirname }).trim();
}

test('the CDK replaces functions of fs, and does not after leaveBuiltins', () => {
  delete process.env.CDK_NO_PERF_BUILTINS;
  const before = keepsBuiltins();
  leaveBuiltins();
  expect([before, keepsBuiltins()]).toEqual(['false', 'true']);
});
