/** What taps of `render`'s end and of `emit` change in place: recorded by difference, and refused where it is a gate. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCdkpipeError, type Plugin } from '@cdkpipe/core';
import { Aspects, type CfnResource, Lazy, type Stack } from 'aws-cdk-lib';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { synthesizeWith } from './project.test.fixture.ts';

interface Rendered {
  readonly stack: Stack;
  readonly pipeline: CfnPipeline;
}

const plugin = (hooks: Plugin['hooks']): Plugin => ({
  name: '@acme/odd',
  version: '1.2.3',
  api: 1,
  hooks: hooks ?? {},
});

const atEnd = (change: (rendered: Rendered) => void): Plugin =>
  plugin({
    render: (event) => {
      if (event.type === 'end') change(event.constructs as unknown as Rendered);
    },
  });

const atEmit = (change: (directory: string) => unknown): Plugin =>
  plugin({ emit: async ({ directory }) => void (await change(directory)) });

// biome-ignore lint/suspicious/noExplicitAny: what a plugin changes has any shape
type Loose = any;

const stagesOf = (pipeline: CfnPipeline): Loose[] => pipeline.stages as Loose[];
const actionOf = (pipeline: CfnPipeline, name: string): Loose =>
  stagesOf(pipeline)
    .flatMap(({ actions }) => actions)
    .find((action) => action.name === name);
const resources = <T extends CfnResource>(stack: Stack, type: string): T[] =>
  stack.node.findAll().filter((each) => (each as Partial<CfnResource>).cfnResourceType === type) as T[];

const templateFile = 'shop-pipeline.template.json';

/** Rewrites the template of the pipeline; `change` gets its resources. */
const rewrite = (directory: string, change: (resources: Loose) => void): void => {
  const file = join(directory, templateFile);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  change(template.Resources);
  writeFileSync(file, JSON.stringify(template));
};

async function refusalOf(plugins: readonly Plugin[], change: object = {}) {
  try {
    await synthesizeWith(plugins, change);
  } catch (error) {
    if (isCdkpipeError(error)) return { source: error.source, problems: error.problems };
    throw error;
  }
  return undefined;
}

describe('a tap of the end of render is refused that', () => {
  test.each<[string, string, string, (rendered: Rendered) => void]>([
    [
      'takes a gate away',
      'GATE_CHANGED',
      'Eu/Go',
      ({ pipeline }) => {
        pipeline.stages = stagesOf(pipeline).map((stage) => ({
          ...stage,
          actions: stage.actions.filter(({ name }: Loose) => name !== 'Eu.Go'),
        }));
      },
    ],
    [
      'replaces its provider',
      'GATE_CHANGED',
      'Eu/Go',
      ({ pipeline }) => {
        actionOf(pipeline, 'Eu.Go').actionTypeId = { category: 'Test', owner: 'Custom', provider: 'Yes', version: '1' };
      },
    ],
    [
      'moves it behind what it holds back',
      'GATE_CHANGED',
      'Eu/Go',
      ({ pipeline }) => {
        actionOf(pipeline, 'Eu.Go').runOrder = 900;
        actionOf(pipeline, 'Eu.Smoke').runOrder = 1;
        actionOf(pipeline, 'Eu.Review').runOrder = 901;
      },
    ],
    [
      'lets a condition skip its stage',
      'GATE_CHANGED',
      'Eu/Go',
      ({ pipeline }) => {
        const stage = stagesOf(pipeline).find(({ name }) => name === 'Prod');
        stage.beforeEntry = { conditions: [{ result: 'SKIP', rules: [] }] };
      },
    ],
    [
      'gives its project other commands',
      'GATE_CHANGED',
      'Eu/Smoke',
      ({ stack }) => {
        for (const project of resources<CfnProject>(stack, 'AWS::CodeBuild::Project'))
          project.source = { ...(project.source as object), type: 'CODEPIPELINE', buildSpec: 'version: 0.2' };
      },
    ],
    [
      'gives the function that passes a review other code',
      'GATE_CHANGED',
      'Eu/Review',
      ({ stack }) => {
        for (const each of resources<CfnFunction>(stack, 'AWS::Lambda::Function')) each.code = { zipFile: 'yes()' };
      },
    ],
  ])('%s', async (_, code, node, change) => {
    const refusal = await refusalOf([atEnd(change)]);
    expect(refusal?.source).toBe('plugin');
    expect(refusal?.problems).toContainEqual(
      expect.objectContaining({ code, node, plugin: '@acme/odd', version: '1.2.3', hook: 'render' }),
    );
  });

  test.each<[string, (rendered: Rendered) => void]>([
    [
      'an aspect',
      ({ stack }) =>
        Aspects.of(stack).add({
          visit: (node) => {
            const { cfnResourceType } = node as Partial<CfnResource>;
            if (cfnResourceType !== 'AWS::CodePipeline::Pipeline') return;
            actionOf(node as CfnPipeline, 'Eu.Go').actionTypeId.provider = 'Yes';
          },
        }),
    ],
    [
      'a lazy value',
      ({ pipeline }) => {
        const stages = stagesOf(pipeline);
        const without = stages.map((stage) => ({
          ...stage,
          actions: stage.actions.filter(({ name }: Loose) => name !== 'Eu.Go'),
        }));
        let count = 0;
        pipeline.stages = Lazy.uncachedAny({ produce: () => (count++ < 2 ? stages : without) });
      },
    ],
  ])('leaves %s behind which does it later', async (_, change) => {
    const refusal = await refusalOf([atEnd(change)]);
    expect(refusal).toMatchObject({
      source: 'plugin',
      problems: [{ code: 'GATE_CHANGED', node: 'Eu/Go', plugin: '@acme/odd', version: '1.2.3', hook: 'render' }],
    });
  });
});

test('what a tap of the end of render changes elsewhere is allowed, and told by difference', async () => {
  const { taps, output } = await synthesizeWith([
    atEnd(({ stack, pipeline }) => {
      pipeline.addPropertyOverride('Tags', [{ Key: 'team', Value: 'shop' }]);
      actionOf(pipeline, 'Eu.Go').timeoutInMinutes = 30;
      stack.templateOptions.description = 'ours';
    }),
  ]);
  const end = taps.find(({ hook, node }) => hook === 'render' && node === undefined);
  expect(end?.changes).toContainEqual(
    expect.objectContaining({ type: 'changed', place: [templateFile, 'Description'], after: 'ours' }),
  );
  expect(end?.changes).toContainEqual(
    expect.objectContaining({
      type: 'changed',
      place: [
        templateFile,
        'Resources',
        'Pipeline',
        'Properties',
        'Stages',
        'Prod',
        'Actions',
        'Eu.Go',
        'TimeoutInMinutes',
      ],
      before: 60,
      after: 30,
    }),
  );
  expect(end?.changes.filter(({ place }) => place.includes('Tags')).length).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(join(output, templateFile), 'utf8')).Description).toBe('ours');
});

test('a tap that changes nothing is told to have changed nothing', async () => {
  const { taps } = await synthesizeWith([plugin({ render: () => {}, emit: () => {} })]);
  expect(taps.length).toBeGreaterThan(5);
  expect(taps.flatMap(({ changes }) => changes)).toEqual([]);
});

describe('a tap of emit is refused that', () => {
  const withoutGo = (resources: Loose) => {
    for (const stage of resources.Pipeline.Properties.Stages)
      stage.Actions = stage.Actions.filter(({ Name }: Loose) => Name !== 'Eu.Go');
  };
  test.each<[string, string, (directory: string) => unknown]>([
    ['takes a gate out of the template', 'GATE_LOST', (directory) => rewrite(directory, withoutGo)],
    [
      'does so in another file, and puts that in its place',
      'GATE_LOST',
      (directory) => {
        rewrite(directory, withoutGo);
        renameSync(join(directory, templateFile), join(directory, 'x'));
        renameSync(join(directory, 'x'), join(directory, templateFile));
      },
    ],
    [
      'gives a check other commands',
      'GATE_CHANGED',
      (directory) =>
        rewrite(directory, (all) => {
          for (const each of Object.values<Loose>(all))
            if (each.Type === 'AWS::CodeBuild::Project') each.Properties.Source.BuildSpec = 'version: 0.2';
        }),
    ],
    ['removes the template', 'PIPELINE_MISSING', (directory) => rmSync(join(directory, templateFile))],
    ['breaks the template', 'GATE_LOST', (directory) => writeFileSync(join(directory, templateFile), '{}')],
    [
      'goes on writing when it has ended',
      'EMIT_NOT_AWAITED',
      (directory) => {
        const writing = setInterval(() => {
          try {
            writeFileSync(join(directory, 'late.txt'), `${performance.now()}`);
          } catch {
            // The directory is gone as soon as the synthesis is refused.
            clearInterval(writing);
          }
        }, 0);
      },
    ],
  ])('%s', async (_, code, change) => {
    const refusal = await refusalOf([atEmit(change)]);
    expect(refusal?.source).toBe('plugin');
    expect(refusal?.problems).toContainEqual(
      expect.objectContaining({ code, plugin: '@acme/odd', version: '1.2.3', hook: 'emit' }),
    );
  });
});

test('files that a tap of emit adds, removes and changes are told by difference', async () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const { taps, output } = await synthesizeWith([
    atEmit((directory) => {
      writeFileSync(join(directory, 'sbom.json'), '{}');
      rewrite(directory, (all) => all.Role.Properties.Policies?.[0]?.PolicyDocument.Statement.unshift(statement));
    }),
  ]);
  const [emit] = taps.filter(({ hook }) => hook === 'emit');
  expect(emit?.changes).toContainEqual({ type: 'added', place: ['sbom.json'] });
  expect(emit?.changes.map(({ type, place }) => [type, place.at(-1)])).toContainEqual(['added', 'Allow s3:GetObject']);
  expect(readFileSync(join(output, 'sbom.json'), 'utf8')).toBe('{}');
});
