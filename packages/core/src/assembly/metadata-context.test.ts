import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnOutput, Stack, type Stage } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeProject } from '../loading/project.test.fixture.ts';
import { withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';
import { metadataContext } from './metadata-context.ts';
import { readContext } from './read-context.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-metadata-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('templates hold construct paths and the metadata resource, as those of `cdk synth` do', async () => {
  const { assembly, outdir } = await buildIn(
    directory,
    withDeployment({ stacks: (stage: Stage) => void new Queue(new Stack(stage, 'Api'), 'Queue') }),
  );
  const file = assembly.deployments[0]?.stacks[0]?.templateFile ?? '';
  const { Resources } = JSON.parse(readFileSync(join(outdir, file), 'utf8'));
  expect(Resources.Queue4A7E3555.Metadata).toEqual({ 'aws:cdk:path': 'Beta/Api/Queue/Resource' });
  expect(Resources.CDKMetadata).toMatchObject({ Type: 'AWS::CDK::Metadata' });
});

test('a stack that only has outputs has the metadata resource, so its template is not empty', async () => {
  const stacks = (stage: Stage) => void new CfnOutput(new Stack(stage, 'Facts'), 'Answer', { value: '42' });
  const { assembly, outdir } = await buildIn(directory, withDeployment({ stacks }));
  const file = assembly.deployments[0]?.stacks[0]?.templateFile ?? '';
  expect(Object.keys(JSON.parse(readFileSync(join(outdir, file), 'utf8')).Resources)).toEqual(['CDKMetadata']);
});

test('cdk.json turns the metadata off beside `context`, and wins over ~/.cdk.json', () => {
  const root = makeProject(
    {
      'home/.cdk.json': JSON.stringify({ pathMetadata: false, versionReporting: false }),
      'project/cdk.json': JSON.stringify({ versionReporting: true, assetMetadata: false, context: { flag: 1 } }),
    },
    { cdk: false },
  );
  expect(readContext(`${root}/project`, { home: `${root}/home`, env: {} })).toEqual({
    'aws:cdk:version-reporting': true,
    flag: 1,
  });
});

test('without version reporting the CDK is told so', () => {
  expect(metadataContext({ versionReporting: false })).toEqual({
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:disable-version-reporting': true,
  });
});
