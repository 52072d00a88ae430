/** One definition, drawn for CodePipeline and planned for this machine, and their actions told apart and together. */
import { join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { findFirstStack, isCdkpipeError, type Plan } from '@cdkpipe/core';
import { openProject, synthesize } from '@cdkpipe/core/host';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { definitionText, type RandomDefinition } from '../random/random-definition.test.fixture.ts';
import { readTemplate, type Template } from '../security/emitted-policies.test.fixture.ts';
import type { EmittedAction, PipelineProperties } from './code-pipeline.test.fixture.ts';

export interface BothBackends {
  readonly pipeline: PipelineProperties;
  /** The plan that was drawn. */
  readonly drawn: Plan;
  /** The plans that the engine follows. */
  readonly beginning: Plan;
  readonly whole: Plan;
  /** ID of the node that an emitted action stands for; undefined for what the backend adds of its own. */
  nodeOf(action: EmittedAction): string | undefined;
}

/** What the backend adds: the update, and around reviews the report, the verification and what passes by itself. */
const own = /^(?:.*@(?:ReportChanges|VerifyChanges|Pass)|Update.*)$/;

/** Undefined where names would meet: the one thing that a random definition may be refused for. */
export async function prepareBoth(shape: RandomDefinition): Promise<BothBackends | undefined> {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definitionText(shape) });
  const builtIns = [codePipeline, local];
  try {
    const report = await synthesize({ cwd, output: 'cdk.out', builtIns, validate: false });
    const resources = Object.values<Template>(
      readTemplate(join(cwd, 'cdk.out'), findFirstStack(report.next) ?? '').Resources,
    );
    const project = await openProject({ cwd, builtIns, backend: 'local' });
    const { plan } = await project.planFrom(join(cwd, 'cdk.out'));
    const stages = new Map(report.layout.stages.map(({ name, group }) => [name, group]));
    const ids = new Map(report.plan.nodes.map(({ group, name, id }) => [`${group}/${name}`, id]));
    const update = report.plan.nodes.find(({ type }) => type === 'update');
    return {
      pipeline: resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')?.Properties,
      drawn: report.plan,
      beginning: project.buildPlan,
      whole: plan,
      nodeOf: ({ stage, name }) => {
        const id = ids.get(`${stages.get(stage)}/${name}`);
        if (id === undefined && !own.test(name)) throw new Error(`no node is called ${stage}/${name}`);
        return id === update?.id ? undefined : id;
      },
    };
  } catch (error) {
    if (isCdkpipeError(error) && error.problems.every(({ code }) => code === 'ACTION_NAME_TAKEN')) return undefined;
    throw error;
  }
}
