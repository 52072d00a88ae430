/** What must hold of definitions with every kind, place, mode and size that CodePipeline draws. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { isCdkpipeError } from '@cdkpipe/core';
import { planProject, type SynthReport, synthesize } from '@cdkpipe/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { readPolicies, type Template } from '../security/emitted-policies.test.fixture.ts';
import { listTree } from './list-tree.test.fixture.ts';
import { type WideDefinition, wideDefinition, wideGates, wideProject } from './random-wide-definition.test.fixture.ts';

/** Undefined where names would meet, or where a deployment is larger than a stage and must not be split. */
async function synthesise(cwd: string, output: string, validate = false): Promise<SynthReport | undefined> {
  const refusals = ['ACTION_NAME_TAKEN', 'ROLLBACK_SPLIT', 'LIMIT_EXCEEDED'];
  try {
    return await synthesize({ cwd, output, builtIns: [codePipeline], validate });
  } catch (error) {
    if (isCdkpipeError(error) && error.problems.every(({ code }) => refusals.includes(code))) return undefined;
    throw error;
  }
}

const templatesIn = (directory: string): { readonly text: string; readonly resources: Template[] }[] =>
  readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => readFileSync(join(directory, file), 'utf8'))
    .map((text) => ({ text, resources: Object.values<Template>(JSON.parse(text).Resources) }));

const propertiesOf = (templates: ReturnType<typeof templatesIn>, type: string): Template[] =>
  templates.flatMap(({ resources }) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties),
  );

/** Numbers of AWS, written down again: the limits are not asked whether they hold themselves. */
function expectWithinLimits(templates: ReturnType<typeof templatesIn>): void {
  for (const { text, resources } of templates) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
    expect(resources.length).toBeLessThanOrEqual(500);
  }
  for (const { Policies = [], RoleName = '', Description = '' } of propertiesOf(templates, 'AWS::IAM::Role')) {
    const characters = Policies.reduce((sum: number, each: Template) => sum + JSON.stringify(each).length, 0);
    expect(characters).toBeLessThanOrEqual(20_000);
    expect(RoleName.length).toBeLessThanOrEqual(64);
    expect(Description).toMatch(/^[\t\n\r -~\u00a1-\u00ff]{0,1000}$/);
  }
  for (const { FunctionName = '' } of propertiesOf(templates, 'AWS::Lambda::Function'))
    expect(FunctionName.length).toBeLessThanOrEqual(64);
  for (const { Source } of propertiesOf(templates, 'AWS::CodeBuild::Project'))
    expect(Source.BuildSpec.length).toBeLessThanOrEqual(25_600);
}

function expectStages(stages: readonly Template[]): void {
  expect(stages.length).toBeLessThanOrEqual(50);
  const names = stages.map(({ Name }) => Name);
  expect(names).toEqual([...new Set(names)]);
  const actions = stages.flatMap(({ Actions }) => Actions);
  const namespaces = new Set(actions.flatMap(({ Namespace = [] }) => Namespace));
  for (const { Name, Actions } of stages) {
    expect([Name, Actions.length > 0 && Actions.length <= 50]).toEqual([Name, true]);
    const inside = Actions.map((action: Template) => action.Name.toLowerCase());
    expect(inside.toSorted()).toEqual([...new Set(inside)].toSorted());
  }
  for (const { Name, Configuration = {} } of actions) {
    expect(Name).toMatch(/^[A-Za-z0-9.@_-]{1,100}$/);
    for (const value of Object.values(Configuration)) {
      if (typeof value !== 'string') continue;
      expect(value.length).toBeLessThanOrEqual(1_000);
      for (const [, read = ''] of value.matchAll(/#\{([^.}]+)\./g))
        expect([...namespaces, 'codepipeline']).toContain(read);
    }
  }
}

/** Between the making and the executing of a change set stands no end of a stage, where another run could come in. */
function expectChangeSetsWhole(stages: readonly Template[]): void {
  const made = new Map<string, number>();
  stages.forEach(({ Actions }, index) => {
    for (const { Configuration = {}, RoleArn } of Actions) {
      const { ActionMode, StackName } = Configuration;
      if (ActionMode === 'CHANGE_SET_REPLACE') made.set(`${RoleArn} ${StackName}`, index);
      if (ActionMode === 'CHANGE_SET_EXECUTE') expect(made.get(`${RoleArn} ${StackName}`)).toBe(index);
    }
  });
}

/** Every action of a role that may delete, pass, or do something to all. */
function tooMuch(directory: string): string[] {
  return readPolicies(directory).flatMap(({ logicalId, statements, wildcards }) =>
    statements.flatMap(({ actions, resources, reason = '' }) => [
      ...actions.filter((action) => /\*|:Delete|PassRole/.test(action)).map((action) => `${logicalId}: ${action}`),
      ...resources
        .filter((each) => each.includes('*') && !wildcards[each] && !reason.includes('rolePolicy'))
        .map((each) => `${logicalId}: ${each}`),
    ]),
  );
}

const kindsOf = ({ waves }: WideDefinition) =>
  waves.flatMap(({ before, deployments }) =>
    [...before, ...deployments.flatMap((each) => [...each.changes, ...each.approvals])].map(({ kind }) => kind),
  );

const filesOf = (directory: string) =>
  Object.fromEntries(listTree(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]));

test('definitions with every kind, place, mode and size keep gates, limits, names, change sets and grants', async () => {
  const seen = { kinds: new Set<string>(), split: 0, rollback: 0, refused: 0 };
  const runs = 14;
  await fc.assert(
    fc.asyncProperty(wideDefinition, async (shape) => {
      const cwd = makeDirectory(wideProject(shape));
      const report = await synthesise(cwd, 'first');
      if (!report) {
        seen.refused += 1;
        await expect(planProject({ cwd, builtIns: [codePipeline] })).rejects.toThrow();
        return;
      }
      const directory = join(cwd, 'first');
      expect(report.gates.toSorted()).toEqual(wideGates(shape).toSorted());
      const templates = templatesIn(directory);
      const [{ Stages: stages }] = propertiesOf(templates, 'AWS::CodePipeline::Pipeline') as [Template];
      expectWithinLimits(templates);
      expectStages(stages);
      expectChangeSetsWhole(stages);
      expect(tooMuch(directory)).toEqual([]);
      const rolling = stages.filter(({ OnFailure }: Template) => OnFailure?.Result === 'ROLLBACK');
      expect(rolling).toHaveLength(shape.waves.filter(({ rollback }) => rollback).length);
      await synthesise(cwd, 'second');
      expect(filesOf(join(cwd, 'second'))).toEqual(filesOf(directory));
      for (const kind of kindsOf(shape)) seen.kinds.add(kind);
      seen.split += stages.some(({ Name }: Template) => /^W\d+\.2$/.test(Name)) ? 1 : 0;
      seen.rollback += rolling.length;
    }),
    // One seed, as what it shows is asserted below; others are for long looks.
    { numRuns: runs, seed: Number(process.env.CDKPIPE_RANDOM_SEED ?? 1), endOnFailure: true },
  );
  expect([...seen.kinds].toSorted()).toEqual(['bake', 'codebuild', 'lambda', 'manual', 'securityReview', 'window']);
  expect([seen.split > 0, seen.rollback > 0, seen.refused < runs / 2]).toEqual([true, true, true]);
});

test("what is drawn for every kind passes CloudFormation's own validator", async () => {
  const [shape] = fc.sample(wideDefinition, { numRuns: 1, seed: 5 });
  const report = await synthesise(makeDirectory(wideProject(shape as WideDefinition)), 'out', true);
  expect(report?.warnings).toEqual([]);
});
