/** Checks that a first deployment which fails can be repeated: nothing that it made is in the way of the next. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { synthesize } from '@cdkpipe/core/host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { ownStacks, readTemplate, type Template } from './emitted-policies.test.fixture.ts';
import { furtherDefinitions } from './further-definitions.test.fixture.ts';

const example = resolve(import.meta.dirname, '../../../../examples/orders');
const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-first-'));
const templates: { readonly name: string; readonly resources: Record<string, Template> }[] = [];

beforeAll(async () => {
  const output = join(scratch, 'cdk.out');
  await synthesize({ cwd: example, output, builtIns: [codePipeline], validate: false });
  read('example', output);
  for (const [index, definition] of furtherDefinitions.entries()) {
    const cwd = makeDirectory({ 'cdkpipe.config.ts': definition });
    await synthesize({ cwd, builtIns: [codePipeline], validate: false });
    read(`definition ${index}`, join(cwd, 'cdk.out'));
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function read(name: string, directory: string): void {
  for (const stack of ownStacks(directory))
    templates.push({ name: `${name}, ${stack}`, resources: readTemplate(directory, stack).Resources });
}

/** Every resource, with what to call it. */
const everything = () =>
  templates.flatMap(({ name, resources }) =>
    Object.entries(resources).map(([id, resource]) => ({ ...resource, where: `${name}: ${id} (${resource.Type})` })),
  );

describe('a first deployment that fails', () => {
  test('keeps no resource: `Retain` would, also of what the same operation made', () => {
    expect(new Set(templates.map(({ name }) => name.split(',')[0])).size).toBe(furtherDefinitions.length + 1);
    const kept = everything().filter(({ DeletionPolicy = 'Delete' }) =>
      ['Delete', 'RetainExceptOnCreate'].every((policy) => policy !== DeletionPolicy),
    );
    expect(kept.map(({ where }) => where)).toEqual([]);
  });

  test('is repeated with buckets, keys and logs that are kept from then on', () => {
    const lasting = everything().filter(({ Type }) => /^AWS::(S3::Bucket|KMS::Key|Logs::LogGroup)$/.test(Type));
    expect(new Set(lasting.map(({ Type }) => Type)).size).toBe(3);
    const lost = lasting.filter(
      ({ DeletionPolicy, UpdateReplacePolicy }) =>
        DeletionPolicy !== 'RetainExceptOnCreate' || UpdateReplacePolicy !== 'Retain',
    );
    expect(lost.map(({ where }) => where)).toEqual([]);
  });

  test('has started no run, which would put artifacts into a bucket that must be empty to be removed', () => {
    const pipelines = templates.flatMap(({ name, resources }) =>
      Object.entries(resources).flatMap(([id, { Type }]) =>
        Type === 'AWS::CodePipeline::Pipeline' ? [{ name, id, resources }] : [],
      ),
    );
    expect(pipelines).toHaveLength(furtherDefinitions.length + 1);
    for (const { name, id, resources } of pipelines) {
      const before = reachable(resources, id);
      const late = Object.keys(resources).filter(
        (other) =>
          resources[other].Type !== 'AWS::CDK::Metadata' && !before.has(other) && !reachable(resources, other).has(id),
      );
      expect(late, name).toEqual([]);
    }
  });
});

/** Logical IDs that CloudFormation makes before a resource, and its own. */
function reachable(resources: Record<string, Template>, from: string, found = new Set<string>()): Set<string> {
  if (found.has(from) || !resources[from]) return found;
  found.add(from);
  for (const next of referencesIn(resources[from])) reachable(resources, next, found);
  return found;
}

function referencesIn(value: Template): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries<Template>(value).flatMap(([key, inner]) => {
    if (key === 'Ref' || key === 'DependsOn') return [inner].flat();
    if (key === 'Fn::GetAtt') return [inner].flat()[0].split('.')[0];
    return referencesIn(inner);
  });
}
