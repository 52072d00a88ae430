import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PlanNode } from '@cdkpipe/core';
import { expect, onTestFinished, test } from 'vitest';
import { runPaths } from './paths.ts';
import { findOutputs, forgetOutputs, keepOutput, layOutput } from './step-outputs.ts';

const node = (id: string, after: readonly string[] = [], change: object = {}) =>
  ({ id, name: id, group: 'Build', after, path: `at ${id}`, type: 'build', ...change }) as PlanNode;

/** A and B stand beside each other before C; the gate is in a later group. */
const nodes = {
  a: node('build:step/A'),
  b: node('build:step/B'),
  c: node('build', ['build:step/A', 'build:step/B']),
  gate: node('Beta/Gate', [], { type: 'approve', group: 'Beta' }),
};
const plan = {
  pipeline: { additionalSources: [{ directory: 'assets/img' }], build: { output: 'cdk.out' } },
  groups: [{ name: 'Build' }, { name: 'Beta' }],
  nodes: Object.values(nodes),
} as unknown as Plan;

function begin() {
  const root = mkdtempSync(join(tmpdir(), 'cdkpipe-outputs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const paths = runPaths(root, 'r');
  const workspace = join(root, 'workspace');
  mkdirSync(join(workspace, 'out', 'deep'), { recursive: true });
  writeFileSync(join(workspace, 'out', 'deep', 'file'), 'made');
  symlinkSync('..', join(workspace, 'up'));
  symlinkSync('out', join(workspace, 'link'));
  const at = (place: keyof typeof nodes) => ({ plan, paths, node: nodes[place] });
  const keep = (place: keyof typeof nodes, from: string, as: string) => keepOutput(at(place), workspace, from, as);
  const namesAt = (place: keyof typeof nodes) => [...findOutputs(at(place)).keys()].toSorted();
  return { paths, workspace, at, keep, namesAt };
}

test('what a step keeps is known to nodes that come after it or stand in a later group, and to no other', async () => {
  const { at, keep, namesAt } = begin();
  await keep('a', 'out', 'lib/types');
  await keep('a', 'link', 'lib/types.new');
  expect([namesAt('a'), namesAt('b')]).toEqual([[], []]);
  expect([namesAt('c'), namesAt('gate')]).toEqual([
    ['lib/types', 'lib/types.new'],
    ['lib/types', 'lib/types.new'],
  ]);
  for (const place of findOutputs(at('c')).values())
    expect(readFileSync(join(place, 'deep', 'file'), 'utf8')).toBe('made');
});

test('what was cut in the middle is not there, and what an earlier attempt has kept is forgotten', async () => {
  const { paths, at, keep, namesAt } = begin();
  await keep('a', 'out', 'lib');
  mkdirSync(join(paths.outputs, 'build%3Astep%2FA', 'half.new'), { recursive: true });
  expect(namesAt('c')).toEqual(['lib']);
  await forgetOutputs(at('a'));
  expect(namesAt('c')).toEqual([]);
});

test('a step may keep the same directory again', async () => {
  const { keep, namesAt } = begin();
  await keep('a', 'out', 'lib');
  await keep('a', 'out', 'lib');
  expect(namesAt('c')).toEqual(['lib']);
});

test.each([
  ['out', 'cdk.out', 'STEP_OUTPUT_TAKEN'],
  ['out', 'cdk.out/x', 'STEP_OUTPUT_TAKEN'],
  ['out', 'assets', 'STEP_OUTPUT_TAKEN'],
  ['out', 'assets/img', 'STEP_OUTPUT_TAKEN'],
  ['out', 'of-b', 'STEP_OUTPUT_TAKEN'],
  ['out', 'of-b/deep', 'STEP_OUTPUT_TAKEN'],
  ['out', '../lib', 'STEP_OUTPUT_UNSAFE'],
  ['out', '/lib', 'STEP_OUTPUT_UNSAFE'],
  ['out', '.', 'STEP_OUTPUT_UNSAFE'],
  ['out', 'a b', 'STEP_OUTPUT_UNSAFE'],
])('%s cannot be kept as %s: %s', async (from, as, code) => {
  const { keep, namesAt } = begin();
  await keep('b', 'out', 'of-b');
  await expect(keep('a', from, as)).rejects.toMatchObject({ code, path: 'at build:step/A', source: 'user' });
  expect(namesAt('c')).toEqual(['of-b']);
});

test.each([
  ['missing', 'the commands have left no directory "missing" behind'],
  ['out/deep/file', 'is a file'],
  ['..', 'leads out of the workspace'],
  ['up', 'leads out of the workspace through a link'],
  ['up/workspace/..', 'leads out of the workspace'],
])('%s cannot be kept, as it %s', async (from, reason) => {
  const { keep, namesAt } = begin();
  await expect(keep('a', from, 'lib')).rejects.toThrow(reason);
  expect(namesAt('c')).toEqual([]);
});

test('a gate keeps nothing', async () => {
  await expect(begin().keep('gate', 'out', 'lib')).rejects.toMatchObject({ code: 'STEP_OUTPUT_MISPLACED' });
});

test.each(['new', 'new/deep', 'empty', 'link/in'])('an output is laid in %s', async (name) => {
  const { workspace } = begin();
  mkdirSync(join(workspace, 'empty'));
  await layOutput(join(workspace, 'out', 'deep'), workspace, name);
  expect(readFileSync(join(workspace, name, 'file'), 'utf8')).toBe('made');
});

test.each([
  ['out', 'already holds files'],
  ['out/deep/file', 'already holds files'],
  ['link', 'already holds files'],
  ['up', 'leads out of the workspace through a link'],
  ['up/beside', 'leads out of the workspace through a link'],
])('an output is not laid in %s of the source, which %s', async (name, reason) => {
  const { workspace } = begin();
  await expect(layOutput(join(workspace, 'out'), workspace, name)).rejects.toThrow(reason);
  expect(existsSync(join(workspace, '../beside'))).toBe(false);
});
