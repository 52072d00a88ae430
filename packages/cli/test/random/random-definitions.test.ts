/** What must hold of every definition, tried on random ones: gates, limits, names, grants, texts and stable output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { findFirstStack, isCdkpipeError } from '@cdkpipe/core';
import { type SynthReport, synthesize } from '@cdkpipe/core/host';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import {
  ownStacks,
  readPolicies,
  readTemplate,
  type Template,
  unexpectedWildcards,
} from '../security/emitted-policies.test.fixture.ts';
import { listTree } from './list-tree.test.fixture.ts';
import {
  declaredGates,
  definitionText,
  type RandomDefinition,
  randomDefinition,
  stepsOf,
} from './random-definition.test.fixture.ts';

interface Synthesised {
  readonly directory: string;
  readonly report: SynthReport;
}

/** Undefined where names would meet: the one thing that such a definition may be refused for. */
async function synthesise(cwd: string, output: string, validate: boolean): Promise<Synthesised | undefined> {
  try {
    const report = await synthesize({ cwd, output, builtIns: [codePipeline], validate });
    return { directory: join(cwd, output), report };
  } catch (error) {
    if (isCdkpipeError(error) && error.problems.every(({ code }) => code === 'ACTION_NAME_TAKEN')) return undefined;
    throw error;
  }
}

const projectOf = (shape: RandomDefinition) => makeDirectory({ 'cdkpipe.config.ts': definitionText(shape) });

interface Emitted {
  readonly stages: Template[];
  readonly actions: Template[];
  readonly projects: Template[];
}

function readEmitted({ directory, report }: Synthesised): Emitted {
  const resources = Object.values<Template>(readTemplate(directory, findFirstStack(report.next) ?? '').Resources);
  const stages = resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')?.Properties.Stages;
  return {
    stages,
    actions: stages.flatMap(({ Actions }: Template) => Actions),
    projects: resources.filter(({ Type }) => Type === 'AWS::CodeBuild::Project').map(({ Properties }) => Properties),
  };
}

const expectDistinct = (names: readonly unknown[]) => expect(names.toSorted()).toEqual([...new Set(names)].toSorted());

function expectDistinctNames({ stages, actions, projects }: Emitted, shape: RandomDefinition): void {
  expectDistinct(stages.map(({ Name }) => Name));
  for (const { Actions } of stages) expectDistinct(Actions.map(({ Name }: Template) => Name.toLowerCase()));
  expectDistinct(actions.flatMap(({ Namespace }) => Namespace ?? []));
  expectDistinct(actions.flatMap(({ OutputArtifacts = [] }) => OutputArtifacts.map(({ Name }: Template) => Name)));
  expectDistinct(projects.map(({ Name }) => Name));
  const executed = actions.filter(({ Configuration }) => /EXECUTE|CREATE_UPDATE/.test(Configuration?.ActionMode));
  expectDistinct(executed.map(({ RoleArn, Configuration }) => `${RoleArn} ${Configuration.StackName}`));
  const stacks = shape.waves.flatMap(({ deployments }) => deployments.flatMap((each) => each.stacks));
  expect(executed).toHaveLength(stacks.length);
}

/** Every gate is an action that can stop, and what its author wrote is in it as it was written. */
function expectGates({ actions, projects }: Emitted, shape: RandomDefinition): void {
  const steps = stepsOf(shape);
  const decides = actions.filter(({ ActionTypeId }) => ['Approval', 'Test'].includes(ActionTypeId.Category));
  expect(decides.length).toBeGreaterThanOrEqual(steps.length);
  const comments = decides.flatMap(({ Configuration }) => Configuration.CustomData ?? []);
  const commands = projects.flatMap(({ Source }) => JSON.parse(Source.BuildSpec).phases.build.commands);
  for (const { kind, text } of steps)
    if (kind === 'manual') expect(comments.some((comment) => comment.startsWith(text))).toBe(true);
    else expect(commands).toContain(text);
}

const filesOf = (directory: string) =>
  Object.fromEntries(listTree(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]));

describe('of a random definition', () => {
  test('every gate is emitted, no two names meet, no role may too much, and the output is the same again', async () => {
    let refused = 0;
    const runs = 20;
    await fc.assert(
      fc.asyncProperty(randomDefinition, async (shape) => {
        const cwd = projectOf(shape);
        const first = await synthesise(cwd, 'first', false);
        if (!first) {
          refused += 1;
          return;
        }
        // Limits were held against what was written, or there would be no report.
        expect(first.report.gates.toSorted()).toEqual(declaredGates(shape).toSorted());
        const emitted = readEmitted(first);
        expectGates(emitted, shape);
        expectDistinctNames(emitted, shape);
        expect(unexpectedWildcards(readPolicies(first.directory))).toEqual([]);
        await synthesise(cwd, 'second', false);
        expect(filesOf(join(cwd, 'second'))).toEqual(filesOf(first.directory));
      }),
      { numRuns: runs, endOnFailure: false },
    );
    expect(refused).toBeLessThan(runs / 2);
  });

  test("every template passes CloudFormation's own validator", async () => {
    // Loading it takes seconds, so one definition holds what several would.
    const shapes = fc.sample(randomDefinition, { numRuns: 3, seed: 7 });
    for (const shape of shapes) {
      const done = await synthesise(projectOf(shape), 'out', true);
      if (done) expect([done.report.warnings, ownStacks(done.directory).length > 0]).toEqual([[], true]);
    }
  });
});
