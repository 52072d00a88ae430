/** Plans a pipeline with a step for `local`, so that the actions it became can be rendered. */
import { join } from 'node:path';
import type { LocalAction } from '@cdkpipe/backend-local';
import { findStep, type PlanNode, type Plugin, type StepDefinition } from '@cdkpipe/core';
import { openProject, synthesize } from '@cdkpipe/core/host';
import { type LocalSituation, localContext } from './local-context.ts';
import { type StepPlace, sketchAround, testedPlugins } from './step-place.ts';
import { openTestProject } from './test-project.ts';

export interface OpenedLocally {
  /** Those of the step, in the order of the plan. */
  readonly nodes: readonly PlanNode[];
  kindOf(node: PlanNode): string;
  render(node: PlanNode): Promise<LocalAction>;
  /** Lets an action do its work; faults in it name the plugin. */
  work<T>(node: PlanNode, work: () => Promise<T>): Promise<T>;
  [Symbol.dispose](): void;
}

export interface LocalSetting {
  readonly place: StepPlace;
  readonly situation?: LocalSituation;
}

const output = 'cdk.out';

export async function openLocally(
  plugin: Plugin,
  step: StepDefinition,
  { place, situation = {} }: LocalSetting,
): Promise<OpenedLocally> {
  const test = openTestProject(sketchAround(plugin, step, place), testedPlugins(plugin, place));
  try {
    const request = test.request('local');
    await synthesize({ ...request, output, validate: false });
    const project = await openProject(request);
    const { plan } = await project.planFrom(join(test.directory, output));
    const directories = { projectDirectory: test.directory, assemblyDirectory: join(test.directory, output) };
    return {
      nodes: plan.nodes.filter((node) => findStep(node) !== undefined),
      kindOf: (node) => findStep(node)?.kind ?? '',
      render: (node) =>
        project.renderStep<LocalAction>(node, localContext(plan, node, { ...directories, ...situation })),
      work: (node, work) => project.runStep(node, work),
      [Symbol.dispose]: test[Symbol.dispose],
    };
  } catch (error) {
    test[Symbol.dispose]();
    throw error;
  }
}
