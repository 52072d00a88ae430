/** Random damage to a cloud assembly that another program wrote: refused as the author's fault, or accepted; nothing else. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import { beta, withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 4);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

let directory: string;
let whole: string;
const files = ['manifest.json', 'Api.assets.json', 'Api.template.json', 'Api.metadata.json', 'cdk.out'];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-fuzz-'));
  whole = join(directory, 'whole');
  const app = new App({ outdir: whole });
  const api = new Stack(app, 'Api', { env: beta });
  new Asset(api, 'File', { path: import.meta.filename });
  new CfnOutput(api, 'Url', { value: 'https://example.org' });
  app.synth();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const words = fc.constantFrom<unknown>(
  ...['__proto__', 'constructor', 'properties', 'cdk:cloud-assembly', 'aws:cloudformation:stack', '../../etc/passwd'],
  ...['/etc/passwd', 'Api.template.json', 'manifest.json', 'aws://1/x', 'aws://unknown-account/unknown-region', ''],
  ...[null, 0, -1, true, [], {}, '9999.0.0', ['Api.assets'], { Ref: 'AWS::Region' }],
);
const value = fc.oneof(words, fc.jsonValue({ maxDepth: 3 }));

/** Replaces, adds or takes away something at a place that the numbers choose. */
function damage(at: unknown, way: readonly number[], put: unknown): void {
  const [turn = 0, ...rest] = way;
  if (typeof at !== 'object' || at === null) return;
  const keys = Object.keys(at);
  const key = keys[turn % (keys.length + 1)] ?? 'added';
  const inner = (at as Record<string, unknown>)[key];
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) damage(inner, rest, put);
  else (at as Record<string, unknown>)[key] = put;
}

const changes = fc.array(
  fc.record({
    file: fc.constantFrom(...files),
    way: fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
    put: value,
    // Damage to the text, in place of damage to the data.
    cut: fc.option(fc.tuple(fc.nat(400), fc.string({ unit: 'binary', maxLength: 3 })), { nil: undefined, freq: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);

test(
  'an assembly with damaged files',
  async () => {
    const property = fc.asyncProperty(changes, async (all) => {
      const project = mkdtempSync(join(directory, 'project-'));
      const assembly = join(project, 'asm');
      cpSync(whole, assembly, { recursive: true });
      for (const { file, way, put, cut } of all) {
        const text = readFileSync(join(assembly, file), 'utf8');
        if (cut) writeFileSync(join(assembly, file), text.slice(0, cut[0]) + cut[1] + text.slice(cut[0] + 1));
        else {
          const data: unknown = tryParse(text);
          damage(data, way, put);
          writeFileSync(join(assembly, file), JSON.stringify(data) ?? '');
        }
      }
      try {
        const built = await buildIn(project, withDeployment({ stacks: undefined, assembly: 'asm' }));
        for (const { templateFile, assetManifest = '' } of built.assembly.deployments.flatMap(({ stacks }) => stacks))
          expect(`${templateFile} ${assetManifest}`).not.toContain('..');
      } catch (error) {
        if (!isCdkpipeError(error) || error.source !== 'user') throw error;
        expect(error.problems.filter(({ fix }) => !fix)).toEqual([]);
      } finally {
        rmSync(project, { recursive: true, force: true });
      }
    });
    await fc.assert(property, limits);
  },
  seconds * 1000 + 60_000,
);

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
